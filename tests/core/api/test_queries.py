"""Parameters of a query: what stands there must fit, an empty value too; what nobody knows is left alone."""

from __future__ import annotations

import re

import pytest
from drf_spectacular.generators import SchemaGenerator

from tests.factories.catalog import make_product
from tests.factories.people import client_of
from tests.fuzz.seeds import fill

NOT_ALONE = {"updated_since"}  # asked with, it is another list


def _takes_nothing(schema: dict) -> bool:
    """A text takes an empty value, unless its schema says how it must look."""
    if "enum" in schema:
        return "" in schema["enum"]
    return schema.get("type") == "array" or (
        schema.get("type") == "string"
        and "format" not in schema
        and not schema.get("minLength")
        and bool(re.search(schema.get("pattern", ""), ""))
    )


def _strict() -> list[tuple[str, str, str]]:
    """Operation and parameter, of all that do not take an empty value, as the document says."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return [
        (method.upper(), path, one["name"])
        for path, operations in paths.items()
        for method, operation in operations.items()
        for one in operation.get("parameters", ())
        if one["in"] == "query" and not _takes_nothing(one["schema"])
    ]


def test_an_empty_value_is_none(db):
    """For a number, a truth, a time, a word of several: 400 that names it, nothing written."""
    client, wrong, tried = client_of(fill()), [], _strict()
    assert len(tried) > 100
    for method, path, name in tried:
        answer = client.generic(method, f"{re.sub('{[^}]+}', '1', path)}?{name}=", b"{}", "application/json")
        if answer.status_code not in (400, 404) or (
            answer.status_code == 400 and name not in answer.json().get("errors", ())
        ):
            wrong.append((method, path, name, answer.status_code, answer.content[:200]))
    assert not wrong, "\n".join(map(str, wrong))


def test_an_empty_search_is_none_and_unknown_parameters_are_left_alone(client, db):
    make_product()
    for path in ("/api/product/", "/api/product/suggest/"):
        assert client.get(path, {"q": "", "utm_source": "letter", "page[]": "x"}).json() == client.get(path).json()


@pytest.mark.parametrize("page", ["last", "x", "1.0", " ", "٣", "0", "-1"])
def test_a_page_that_is_no_number_is_named(db, page):
    client = client_of(fill())
    for query in ({"page": page}, {"page": page, "cursor": ""}):
        answer = client.get("/api/notification/", query)
        assert answer.status_code == 400 and "page" in answer.json()["errors"]
