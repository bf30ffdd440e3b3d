"""Habits that no linter knows: rooms without HTTP, short functions, statuses along their tables, no swallowed errors."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.tree import DOORS, PACKAGES, ROOT, imported, rooms, sources

HTTP = ("rest_framework", "django.http", "django.shortcuts", "django.views", "drf_spectacular")
STATUSES = {"status", "payment_status", "fulfillment_status"}
OURS = ("shop", "catalog", "checkout", "cms_pages")


def http_in(source: str) -> set[str]:
    return {name for name in imported(source) if name.startswith(HTTP)}


def functions(source: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def statuses_set(source: str) -> list[int]:
    """Lines that assign a status of an order to an attribute."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr in STATUSES
    ]


def swallowed_errors(source: str) -> list[int]:
    """`except Exception: pass` and bare `except: pass`."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
        and all(isinstance(statement, ast.Pass) for statement in node.body)
    ]


def default_orders(source: str) -> list[int]:
    return [
        statement.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef) and node.name == "Meta"
        for statement in node.body
        if isinstance(statement, ast.Assign) and getattr(statement.targets[0], "id", "") == "ordering"
    ]


@pytest.mark.parametrize("room", rooms())
def test_a_room_knows_no_http(room):
    folder = room.replace(".", "/")
    found = {str(path.relative_to(ROOT)): http_in(path.read_text()) for path in sources(folder)}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize("package", ["shop/accounts", "shop/notifications", "shop/webhooks"])
def test_people_and_notices_know_http_at_their_doors_only(package):
    inside = [path for path in sources(package) if not DOORS & set(path.relative_to(ROOT / package).parts)]
    assert {str(path): http_in(path.read_text()) for path in inside if http_in(path.read_text())} == {}


def test_http_in_a_room_would_be_seen():
    assert http_in("def later():\n    from django.http import HttpResponse")
    assert http_in("import rest_framework.views")
    assert not http_in("from django.db import models")


def test_functions_and_files_are_short():
    """At most 50 lines a function and 400 a file; half of them at most 8 and 80."""
    texts = {path: path.read_text() for path in sources(*PACKAGES)}
    lengths = {path: text.count("\n") for path, text in texts.items() if text.strip()}
    found = [(path, name, lines) for path, text in texts.items() for name, lines in functions(text)]
    assert [(str(path), name) for path, name, lines in found if lines > 50] == []
    assert [str(path) for path, lines in lengths.items() if lines > 400] == []
    assert statistics.median(lines for _path, _name, lines in found) <= 8
    assert statistics.median(lengths.values()) <= 80


def test_an_order_moves_by_its_rules_only():
    """`order.status = …` stands nowhere: `rules.move()` looks into the table first."""
    for path in sources("checkout/order", "checkout/api", "checkout/storefront", "checkout/backoffice"):
        assert statuses_set(path.read_text()) == [], path


def test_a_status_that_is_set_would_be_seen():
    assert statuses_set("order.payment_status = 'paid'") == [1]


def test_no_error_is_swallowed():
    for path in sources(*PACKAGES):
        assert swallowed_errors(path.read_text()) == [], path


def test_a_swallowed_error_would_be_seen():
    assert swallowed_errors("try:\n    pay()\nexcept Exception:\n    pass") == [3]


def test_no_model_sorts_by_default():
    """A default order hides a sort in every query."""
    for path in sources(*OURS):
        assert default_orders(path.read_text()) == [], path


def test_a_default_order_would_be_seen():
    assert default_orders("class Order:\n    class Meta:\n        ordering = ['pk']") == [3]


def test_no_model_keeps_a_float():
    mine = [model for model in apps.get_models() if apps.get_app_config(model._meta.app_label).name.startswith(OURS)]
    floats = [field for model in mine for field in model._meta.fields if isinstance(field, models.FloatField)]
    assert floats == []


def test_no_template_marks_text_as_safe():
    """What comes from people is escaped; rich text goes through Wagtail's own filter."""
    for path in (ROOT / "templates").rglob("*.html"):
        assert "|safe" not in path.read_text(), path


def test_no_file_hides_behind_a_general_name():
    assert [
        str(path) for path in sources(*OURS) if path.stem in {"utils", "helpers", "manager", "managers", "misc"}
    ] == []
