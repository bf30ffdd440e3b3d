"""Texts that attack, typed into every field a shopper has, and read wherever they come out."""

from __future__ import annotations

import csv
import io
import re
from email import message_from_bytes

import openpyxl
import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from checkout.backoffice.slip import set_slip, slip_facts
from shop.core.api.xml import from_xml
from shop.core.tasks.runner import run_everything_due
from tests.core.api.test_every_route import as_texts
from tests.corpora.markup import runs, shows
from tests.corpora.shopper import Typed, own_answers, own_pages, staff_pages, type_everywhere
from tests.corpora.vectors import vectors
from tests.factories.orders import make_order
from tests.factories.people import client_of, make_user
from tests.factories.shop import make_shipping
from tests.factories.staff import browser_of
from tests.permissions.world import undone

LETTERS = 3  # at least: placed, shipped, delivered


@pytest.fixture(scope="module")
def _undone(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        make_shipping()
        yield


@pytest.fixture(scope="module")
def staff(_undone) -> Client:
    return browser_of("admin")


@pytest.fixture(scope="module")
def markup(_undone) -> list[Typed]:
    """Each shopper types three texts of the corpus, one after the other, into every field."""
    return [type_everywhere(text) for text in _threes(vectors("xss"))]


@pytest.fixture(scope="module")
def letters(markup) -> list[EmailMultiAlternatives]:
    mail.outbox = []
    while run_everything_due():
        pass
    return list(mail.outbox)


def test_no_page_of_the_shop_runs_them(markup):
    for typed in markup:
        client, seen = Client(), 0
        client.force_login(typed.user)
        for path in own_pages(typed):
            answer = client.get(path)
            assert answer.status_code == 200, path
            html = answer.content.decode()
            assert list(runs(html, "zxss")) == [], (path, typed.text)
            seen += shows(html, typed.text)
        assert seen >= 6, typed.text


def test_no_screen_of_the_admin_runs_them(markup, staff):
    lists = {path: staff.get(path) for path in staff_pages(markup[0])}
    for path, answer in lists.items():
        assert answer.status_code == 200, path
        assert list(runs(answer.content.decode(), "zxss")) == [], path
    for typed in markup[1:]:
        pages = {path: staff.get(path).content.decode() for path in staff_pages(typed) if path not in lists}
        assert [(path, found) for path, html in pages.items() for found in runs(html, "zxss")] == []
        assert sum(shows(html, typed.text) for html in pages.values()) >= 3, typed.text


def test_no_letter_runs_them(markup, letters):
    assert len(letters) >= LETTERS * len(markup)
    for letter in letters:
        for content, _kind in getattr(letter, "alternatives", ()):
            assert list(runs(content, "zxss")) == [], letter.subject


def test_json_and_xml_give_them_back_as_they_were(markup):
    for typed in markup:
        client = client_of(typed.user)
        for path in own_answers(typed):
            told, said = client.get(path, headers={"Accept": "application/xml"}), client.get(path)
            assert said["Content-Type"] == "application/json" and said["X-Content-Type-Options"] == "nosniff"
            assert typed.text in re.findall(r'"((?:[^"\\]|\\.)*)"', said.content.decode()) or _holds(
                said.json(), typed.text
            )
            assert from_xml(told.content) == as_texts(said.json()), path


def test_the_slip_sets_them_as_text(markup):
    for typed in markup:
        assert set_slip(slip_facts(typed.order, None)).startswith(b"%PDF")


def test_search_and_filters_show_what_was_asked_and_run_nothing(_undone, client):
    for text in _threes(vectors("xss")):
        for path in ("/search/", "/product/", "/brand/x/", "/account/login/", "/account/password/reset/choose/"):
            answer = client.get(
                path, {"q": text, "next": text, "sort": text, "page": text, "brand": text, "lang": text}
            )
            assert answer.status_code < 500, path
            assert list(runs(answer.content.decode(), "zxss")) == [], (path, text)


def test_no_spreadsheet_runs_formulas(_undone, staff):
    """Placed past the doors, which cost a second a text; stock: test_products.py."""
    buyer, texts = make_user("=buyer", name="=cmd"), (*vectors("formula"), "\x0b=cmd", "rang\x1b twice")
    for text in texts:
        make_order(user=buyer, name=text, note=text, gift_note=text, email="=1+1@example.com")
    said = staff.get("/admin/snippets/order/order/", {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(said.streaming_content).decode("utf-8-sig"))))
    assert len(rows) >= len(texts)
    cells = [(name, cell) for row in rows for name, cell in row.items()]
    assert [
        one for one in cells if re.match(r"\s*[=+\-@＝＋－＠]", one[1]) and not re.fullmatch(r"[+-]?[\d.]+", one[1])
    ] == []
    assert any(cell.startswith("'=cmd") for _name, cell in cells)
    book = staff.get("/admin/snippets/order/order/", {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content) if book.streaming else book.content))
    assert [cell.coordinate for row in sheet.active for cell in row if cell.data_type == "f"] == []


def test_no_letter_gets_headers_of_a_shoppers(_undone):
    """Placed past the doors, which take no line break in a name."""
    for number, text in enumerate(_threes(vectors("header"))):
        user = make_user(f"reader{number}", name=text)
        make_order(user=user, name=text, note=text)
    mail.outbox = []
    while run_everything_due():
        pass
    assert mail.outbox
    for letter in mail.outbox:
        read = message_from_bytes(letter.message().as_bytes())
        assert "zhead" not in str([value for name, value in read.items() if name not in ("Subject", "To")])
        assert read["Bcc"] is None and len(read.get_all("To")) == 1
        assert {len(read.get_all(name)) for name in ("Subject", "From", "Content-Type")} == {1}


def _threes(texts: tuple[str, ...]) -> list[str]:
    """Three at a time, one after the other: a page takes as long for three as for one."""
    return [" ".join(texts[at : at + 3]) for at in range(0, len(texts), 3)]


def _holds(told, text: str) -> bool:
    if isinstance(told, dict | list):
        return any(_holds(one, text) for one in (told.values() if isinstance(told, dict) else told))
    return told == text or (isinstance(told, str) and len(told) >= 100 and text.startswith(told))
