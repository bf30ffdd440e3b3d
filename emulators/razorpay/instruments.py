"""What customers pay with, and the ways it goes wrong (the gateway's public test data)."""

from typing import Any

from .errors import ApiError

METHODS = ("upi", "card", "netbanking", "wallet")
CARD_REASONS = {
    "4100280000090000": "payment_timed_out",
    "4100280000080001": "insufficient_fund",
    "4100280000070002": "payment_cancelled",
    "4100280000060003": "card_declined",
    "4100280000030006": "card_disabled_for_online_payments",
    "4100280000010008": "card_number_invalid",
    "4100280000020007": "gateway_technical_error",
    "4100280000000009": "authentication_failed",
}
GATEWAY_REASONS = ("gateway_technical_error", "authentication_failed")
NETWORKS = {"4": "Visa", "5": "MasterCard", "6": "RuPay"}
DESCRIPTIONS = {
    "payment_failed": "Your payment did not go through. Any amount taken is returned by your bank.",
    "payment_timed_out": "Your payment was not completed on time. Try again or use another method.",
    "payment_cancelled": "You cancelled the payment.",
    "insufficient_fund": "Your payment could not be completed: the balance is too low.",
    "card_declined": "Your payment was declined by the bank that issued the card.",
    "gateway_technical_error": "Your payment could not be completed for a technical reason.",
    "authentication_failed": "Your payment could not be completed: the bank could not confirm it was you.",
}


def read_instrument(data: dict[str, Any]) -> dict[str, Any]:
    """Return the payment fields of `{method, vpa|card, email, contact}`. Keeps four digits of a card."""
    method = data.get("method", "upi")
    if method not in METHODS:
        raise ApiError(f"The method must be one of {', '.join(METHODS)}.", field="method")
    vpa = data.get("vpa", "success@razorpay") if method == "upi" else None
    number = str((data.get("card") or {}).get("number", "4100280000001007")) if method == "card" else None
    instrument: dict[str, Any] = {
        "international": number in ("5555555555554444", "4012888888881881"),
        "method": method,
        "bank": "HDFC" if method == "netbanking" else None,
        "wallet": "payzapp" if method == "wallet" else None,
        "vpa": vpa,
        "email": data.get("email"),
        "contact": data.get("contact"),
    }
    if vpa:
        instrument["upi"] = {"vpa": vpa, "payer_account_type": "bank_account", "flow": "intent"}
    if number:
        instrument["card"] = _describe_card(number)
    return instrument


def _describe_card(number: str) -> dict[str, Any]:
    return {
        "entity": "card",
        "last4": number[-4:],
        "network": NETWORKS.get(number[:1], "Unknown"),
        "type": "credit",
        "issuer": None,
        "international": number in ("5555555555554444", "4012888888881881"),
    }


def outcome_of(data: dict[str, Any]) -> str:
    """Return the outcome that was asked for, else the one the test instrument stands for."""
    if data.get("outcome"):
        return str(data["outcome"])
    if data.get("vpa") == "failure@razorpay":
        return "fail:payment_failed"
    reason = CARD_REASONS.get(str((data.get("card") or {}).get("number")))
    return f"fail:{reason}" if reason else "success"


def describe_failure(reason: str) -> dict[str, str]:
    """Return code, description, source, step and reason as payment and checkout show them."""
    at_gateway = reason in GATEWAY_REASONS
    return {
        "code": "GATEWAY_ERROR" if at_gateway else "BAD_REQUEST_ERROR",
        "description": DESCRIPTIONS.get(reason, DESCRIPTIONS["payment_failed"]),
        "source": "gateway" if at_gateway else "customer",
        "step": "payment_authorization" if at_gateway else "payment_authentication",
        "reason": reason,
    }
