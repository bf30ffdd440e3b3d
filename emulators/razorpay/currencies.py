"""Which currencies the gateway knows and how many decimals it gives them (its own table, not ISO's)."""


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


ZERO_DECIMALS = _codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF")
THREE_DECIMALS = _codes("BHD IQD JOD KWD OMR TND")
TWO_DECIMALS = _codes(
    "AED ALL AMD ARS AUD AWG BBD BDT BMD BND BOB BRL BSD BWP BZD CAD CHF CNY COP CRC CUP CZK DKK DOP DZD EGP"
    " ETB EUR FJD GBP GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR JMD KES KGS KHR KYD KZT LAK LKR LRD"
    " LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR NAD NGN NIO NOK NPR NZD PEN PGK PHP PKR QAR RON RSD"
    " RUB SAR SCR SEK SGD SLL SOS SSP SVC SZL THB TRY TTD TWD TZS USD UYU UZS YER ZAR ZMW"
)
SUPPORTED = ZERO_DECIMALS | TWO_DECIMALS | THREE_DECIMALS


def decimals_of(currency: str) -> int:
    if currency in ZERO_DECIMALS:
        return 0
    return 3 if currency in THREE_DECIMALS else 2


def minimum_of(currency: str) -> int:
    """Return the smallest order or refund: one whole unit, so 100 paise for INR."""
    return 10 ** decimals_of(currency)
