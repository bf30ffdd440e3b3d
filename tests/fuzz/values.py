"""Values that a field must refuse, by class: each certainly wrong for it, and none like the last."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from rest_framework import serializers

from catalog.api.product_input import Amount
from shop.core.api.fields import Digits

Bad = tuple[str, Any]  # class, value
WORDS = (
    "naïve",
    "मिट्टी",
    "陶器",
    "🫖",
    "O'Neil",
    "<b>x</b>",
    "=1+1",
    "' OR 1=1 --",
    "../../etc/passwd",
    "%00",
    "\u202e",
)
NOT_DATES = ("2026-02-30T00:00:00Z", "yesterday", "2026-13-01", "99999-01-01T00:00:00Z", "2026-01-01T25:00:00Z", "1.5")
NOT_MAILS = ("x", "x@", "@x.com", "a b@x.com", "x@x@x.com", "x@-x.com", "x@x..com", "x\n@x.com", "<x@x.com>")
NOT_AMOUNTS = ("", "x", "1,00", "1.234", "-1", "1e3", "NaN", "Infinity", "٣", "0x10", "--1", "1.2.3", "₹5")


def bad_values(field: serializers.Field, chance: random.Random) -> Iterator[Bad]:
    """One of each class that this kind of field knows."""
    if not field.allow_null:
        yield "null", None
    if isinstance(field, serializers.BooleanField):
        yield from _types(chance, "text", "number", "list", "object")
    elif isinstance(field, serializers.IntegerField):
        yield from _types(chance, "text", "fraction", "truth", "list", "object")
        yield (
            "number",
            chance.choice([2**63, -(2**63) - 1, 10 ** chance.randint(20, 300), -chance.randint(1, 2**40) * 2**64]),
        )
    elif isinstance(field, serializers.DateTimeField | serializers.DateField):
        yield from _types(chance, "truth", "list", "object")
        yield "date", chance.choice(NOT_DATES) + _word(chance)
    elif isinstance(field, serializers.ListSerializer | serializers.ListField):
        yield from _types(chance, "text", "number", "truth", "object")
    elif isinstance(field, serializers.BaseSerializer | serializers.DictField):
        yield from _types(chance, "text", "number", "truth", "list")
    elif isinstance(field, Amount):
        yield from _types(chance, "truth", "list", "object")
        yield "amount", chance.choice(NOT_AMOUNTS) + chance.choice(("", "x", " x"))
    elif isinstance(field, serializers.ChoiceField):
        yield from _types(chance, "number", "truth", "list", "object")
        yield "choice", f"{_word(chance)}-{chance.randint(0, 10**6)}"
    elif isinstance(field, serializers.CharField):
        yield from _bad_texts(field, chance)


def _bad_texts(field: serializers.CharField, chance: random.Random) -> Iterator[Bad]:
    yield from _types(
        chance, *(() if isinstance(field, Digits) else ("number",)), "fraction", "truth", "list", "object"
    )
    yield "NUL", f"{_word(chance)}\0{_word(chance)}"
    yield "surrogate", f"{_word(chance)}{chr(chance.randint(0xD800, 0xDFFF))}"
    if field.max_length:
        yield "length", "x" * (field.max_length + chance.choice([1, 2, 50, 5000]))
    if not field.allow_blank:
        yield "blank", chance.choice(["", " ", "\t\n", "\u2003"] if field.trim_whitespace else [""])
    if isinstance(field, serializers.EmailField):
        yield "mail", chance.choice(NOT_MAILS)


def _types(chance: random.Random, *names: str) -> Iterator[Bad]:
    made = {
        "text": lambda: _word(chance) + str(chance.randint(0, 999)),
        "number": lambda: chance.randint(-(10**6), 10**6),
        "fraction": lambda: chance.choice([0.5, -1e-9, 1.0e20, chance.random() * 1000]),
        "truth": lambda: chance.random() < 0.5,
        "list": lambda: [_word(chance)] * chance.randint(1, 5),
        "object": lambda: {_word(chance): chance.randint(0, 9)},
    }
    for name in names:
        yield f"type: {name}", made[name]()


def _word(chance: random.Random) -> str:
    return chance.choice(WORDS)
