"""Every kind in every language: equal words in both parts, light, one button; placeholders that cannot leak."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.conf import settings

from shop.notifications.kinds import TRANSACTIONAL, Text, Topic, kinds
from shop.notifications.letters import compose
from shop.notifications.placeholders import fill, paragraphs, unknown

LANGUAGES = [code for code, _name in settings.LANGUAGES]
EVERY = [(name, locale) for name in sorted(kinds) for locale in LANGUAGES]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def letter(name: str, locale: str):
    kind = kinds[name]
    return compose(
        kind, kind.texts[locale], kind.samples, url="https://shop.example/x", details=kind.sample_details(locale),
        locale=locale,
    )  # fmt: skip


def visible(html: str) -> str:
    body = re.sub(r"(?s)<style>.*?</style>|<title>.*?</title>|<div style=\"display:none.*?</div>", " ", html)
    return unescape(re.sub(r"<[^>]+>", " ", body))


def test_there_are_all_kinds_of_the_issue():
    assert {"order_placed", "order_paid", "payment_failed", "order_shipped", "out_for_delivery", "order_delivered",
            "order_cancelled", "refund_started", "refund_done", "return_requested", "return_approved",
            "return_rejected", "return_received", "return_refunded", "refund_failed"} <= set(kinds)  # fmt: skip


@pytest.mark.parametrize(("name", "locale"), EVERY)
def test_both_parts_say_the_same(name, locale):
    written = letter(name, locale)
    said, shown = words(written.text.replace("https://shop.example/x", "")), words(visible(written.html))
    assert set(said) <= set(shown) | {"x"}  # "1 x Chai mug" is "1 × Chai mug"
    assert set(shown) <= set(said)
    assert written.html.count('<a class="button"') == 1
    assert len(written.html.encode()) <= 60_000
    assert "{" not in written.subject + written.text


@pytest.mark.parametrize(("name", "locale"), EVERY)
def test_shipped_texts_name_allowed_placeholders_only(name, locale):
    kind = kinds[name]
    text = kind.texts[locale]
    for part in (text.subject, text.heading, text.body, text.button, text.sms):
        assert unknown(part, kind.samples) == []
    assert bool(text.button)
    asked_for = {Topic.STOCK}  # each person asks for each piece
    assert kind.topic in TRANSACTIONAL | asked_for or not text.sms  # news by SMS would need a consent of its own kind


@pytest.mark.parametrize(
    ("text", "found"),
    [("{number}", []), ("{secret}", ["{secret}"]), ("{{ settings.SECRET_KEY }}", ["{", "{ settings.SECRET_KEY }", "}"]),
     ("{number.__class__}", ["{number.__class__}"]), ("{number!r}", ["{number!r}"]), ("a } b", ["}"]), ("{Number}", ["{Number}"]),
     ("{% load x %}", ["{% load x %}"]), ("{{number}}", ["{}"])],
)  # fmt: skip
def test_whatever_else_stands_in_braces_is_named(text, found):
    assert unknown(text, {"number"}) == found


def test_filling_looks_nothing_up():
    facts = {"number": "{name}", "name": "<b>Asha</b>"}
    assert fill("{number} {other} {number.upper} {{ x }}", facts) == "{name} {other} {number.upper} {{ x }}"
    text = Text("{name}\r\nBcc: all@example.com", "{name}", "{% now 'Y' %} {{ settings.SECRET_KEY }}\n\n{name}", "Go")
    written = compose(kinds["refund_failed"], text, facts, url="https://shop.example/", details={}, locale="en")
    assert "\n" not in written.subject
    assert "&lt;b&gt;Asha&lt;/b&gt;" in written.html
    assert "<b>Asha" not in written.html
    assert "{% now" in written.text


def test_an_empty_word_takes_its_comma_and_its_paragraph_along():
    assert fill("Thank you, {name}.", {"name": ""}) == "Thank you."
    assert fill("Thank you, {name}.", {"name": "Asha"}) == "Thank you, Asha."
    assert paragraphs(fill("One.\n\n{due}\n\nTwo. {due}", {"due": ""})) == ["One.", "Two."]
