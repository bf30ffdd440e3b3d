"""What vendors write of their products, where shoppers, staff and spreadsheets read it."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest
from django.test import Client

from tests.corpora.markup import runs, shows
from tests.corpora.vectors import vectors
from tests.factories.catalog import make_category
from tests.factories.people import client_of, make_user
from tests.factories.staff import browser_of

FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
NUMBER = re.compile(r"[+-]?[\d.]+")


@pytest.fixture
def mugs(db) -> int:
    return make_category("Mugs", slug="mugs").pk


def written(text: str, number: int, category: int) -> dict:
    """By a vendor, in every field that takes a text."""
    body = {
        "name": text[:255], "price": "649.00", "category": category, "description": text[:400], "stock": 3,
        "sku": f"{text[:50]}-{number}", "seo": {"title": text[:70], "description": text[:170]},
        "body": [{"type": "text", "value": text}, {"type": "specification", "value": {"rows": [{"name": text[:80], "value": text[:200]}]}}],
    }  # fmt: skip
    answer = client_of(make_user(f"vendor{number}", role="vendor")).post("/api/product/", body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_no_page_and_no_screen_runs_them(mugs):
    texts = vectors("xss")
    products = [written(" ".join(texts[at : at + 3]), at, mugs) for at in range(0, len(texts), 3)]
    office, guest = browser_of("admin"), Client()
    seen = {f"/product/{one['slug']}/": guest for one in products}
    lists = {"/mugs/": guest, "/search/?q=zxss": guest, "/admin/snippets/product/product/": office,
             "/admin/snippets/inventory/stockitem/": office}  # fmt: skip
    for path, client in (seen | lists).items():
        answer = client.get(path)
        assert answer.status_code == 200, path
        html = answer.content.decode()
        assert list(runs(html, "zxss")) == [], path
        assert path in lists or "zxss" in html
    assert shows(office.get("/admin/snippets/product/product/").content.decode(), products[0]["name"])


def test_no_spreadsheet_of_the_stock_runs_them(mugs):
    for number, text in enumerate(vectors("formula")):
        written(text.strip(), number, mugs)
    office, url = browser_of("admin"), "/admin/snippets/inventory/stockitem/"
    told = b"".join(office.get(url, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(told)) for cell in row]
    assert len(cells) > 5 * len(vectors("formula"))
    assert [cell for cell in cells if FORMULA.match(cell) and not NUMBER.fullmatch(cell)] == []
    assert any(cell.startswith("'=cmd") for cell in cells)
    book = office.get(url, {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content) if book.streaming else book.content))
    assert [cell.coordinate for row in sheet.active for cell in row if cell.data_type == "f"] == []
