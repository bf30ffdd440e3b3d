"""Rules that hold for every route, also for those that come later."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.urls import get_resolver, path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from shop.core.api.codes import with_table
from shop.core.api.deprecation import deprecated
from shop.core.api.nowhere import NowhereView
from shop.core.api.xml import from_xml
from tests.factories.people import client_of
from tests.fuzz.seeds import fill

OWN_FORMAT = ("/api/schema/", "/api/docs/", "/api/pages/")  # Wagtail's own, and documents


@pytest.fixture(scope="module")
def document() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


def as_texts(value):
    """JSON with what XML can tell: texts; nothing, an empty list and an empty text are one."""
    if isinstance(value, dict):
        return {name: as_texts(one) for name, one in value.items()} or ""
    if isinstance(value, list):
        return [as_texts(one) for one in value] or ""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value).replace("\x00", "")


def test_every_read_says_the_same_in_xml(db, document):
    """And the same again, with the same tag, where it may be kept."""
    client, tried = client_of(fill()), 0
    for place, operations in document["paths"].items():
        if "get" not in operations or place.startswith(OWN_FORMAT):
            continue
        address = re.sub(r"{[^}]+}", "1", place)
        said, told = client.get(address), client.get(address, headers={"Accept": "application/xml"})
        assert said.status_code == told.status_code < 500, place
        if not said["Content-Type"].startswith("application/") or "pdf" in said["Content-Type"]:
            continue
        assert told["Content-Type"] == said["Content-Type"].replace("json", "xml"), place
        assert from_xml(told.content) == as_texts(said.json()), place
        tried += said.status_code == 200
        tag = said.get("ETag")
        if tag and "no-store" not in said["Cache-Control"]:
            assert client.get(address, headers={"If-None-Match": tag}).status_code == 304, place
    assert tried > 25


def test_public_reads_may_be_kept(client, db, document):
    fill()
    for place, operations in document["paths"].items():
        if {} not in operations.get("get", {}).get("security", []) or place.startswith(
            ("/api/cart", "/api/order", "/api/payment")
        ):
            continue
        answer = client.get(re.sub(r"{[^}]+}", "1", place))
        if answer.status_code == 200 and not answer.streaming:
            assert "Cache-Control" in answer, place
            assert "ETag" in answer or "no-store" in answer["Cache-Control"], place


def test_every_operation_says_what_it_refuses(document):
    for place, operations in document["paths"].items():
        for method, operation in operations.items():
            if place.startswith(OWN_FORMAT):
                continue
            statuses = set(operation["responses"])
            assert "406" in statuses, (method, place)
            assert {"400", "413", "415"} <= statuses or "requestBody" not in operation or "webhook" in place, (
                method,
                place,
            )
            assert "404" in statuses or "{" not in place, (method, place)


def test_names_of_components_are_words(document):
    """They become types of clients: a digest in one would make another type of it with each change."""
    names = [name for kind in ("schemas", "responses") for name in document["components"][kind]]
    assert len(names) > 300
    assert [name for name in names if not re.fullmatch(r"([A-Z][a-zA-Z]*)+", name)] == []


def test_lists_with_pages_are_told_as_pages(document):
    shapes, told = document["components"]["schemas"], 0

    def pages(schema: dict, depth: int = 3) -> bool:
        """Whether it is one, may be one, or has one within."""
        shape = shapes[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        members = shape.get("properties", {})
        inner = [*shape.get("oneOf", []), *shape.get("allOf", []), *members.values()]
        return {"count", "next", "previous"} <= set(members) or (
            depth > 0 and any(pages(one, depth - 1) for one in inner)
        )

    for place, operations in document["paths"].items():
        operation = operations.get("get", {})
        if {"page", "page_size"} <= {parameter["name"] for parameter in operation.get("parameters", [])}:
            assert pages(operation["responses"]["200"]["content"]["application/json"]["schema"]), place
            told += 1
    assert told > 15


def examples(document: dict):
    for place, operations in document["paths"].items():
        for method, operation in operations.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            for name, example in body.get("examples", {}).items():
                yield method, place, name, example["value"]


def test_the_examples_are_calls_that_are_understood(db, document):
    """Each is sent; what is refused is refused for what stands in the shop, not for its shape."""
    client, tried = client_of(fill()), 0
    for method, place, name, body in examples(document):
        answer = getattr(client, method)(re.sub(r"{[^}]+}", "1", place), body)
        documented = document["paths"][place][method]["responses"]
        assert str(answer.status_code) in documented, (method, place, name, answer.content)
        unknown = answer.json().get("errors", {}) if answer.status_code == 400 else {}
        wrong = {
            field: said for field, said in unknown.items() if not re.search("no |none|Lies in the past", str(said))
        }
        assert not wrong, (method, place, name, wrong)
        tried += 1
    assert tried >= 8


def test_the_page_of_codes_is_what_the_code_says(document):
    page = (settings.BASE_DIR / "docs" / "api" / "errors.md").read_text()
    assert page == with_table(page, document), "python manage.py error_codes"


def test_nowhere_is_the_last_route():
    found = get_resolver("shop.api_urls").url_patterns
    assert found[-1].callback.view_class is NowhereView  # what stands after it would never be found


def test_what_is_deprecated_says_so():
    class Shape(serializers.Serializer):
        pass

    class Old(APIView):
        authentication_classes = ()
        permission_classes = ()

        @extend_schema(responses=Shape)
        @deprecated(since=datetime(2026, 1, 1, tzinfo=UTC), sunset=datetime(2026, 7, 1, tzinfo=UTC), see="/api/new/")
        def get(self, request):
            return Response(Shape({}).data)

    answer = Old.as_view()(APIRequestFactory().get("/api/old/"))
    assert answer["Deprecation"] == "@1767225600"
    assert answer["Sunset"] == "Wed, 01 Jul 2026 00:00:00 GMT"
    assert answer["Link"] == '</api/new/>; rel="deprecation"'
    told = SchemaGenerator(patterns=[path("api/old/", Old.as_view())]).get_schema(request=None, public=True)
    assert told["paths"]["/api/old/"]["get"]["deprecated"]


@pytest.mark.parametrize("place", ["/api/complaint/", "/api/return/", "/api/order/", "/api/order/{order_id}/"])
def test_an_open_view_that_refuses_some_callers_says_so(document, place):
    """By `self.permission_denied`, where no permission class tells of it."""
    operations = document["paths"][place]
    told = operations["patch" if "{" in place else "get"]["responses"]["403"]
    assert "not_allowed" in json.dumps(_whole(told, document))


def _whole(value, document):
    """With what it refers to."""
    if isinstance(value, dict) and "$ref" in value:
        return _whole(document["components"]["schemas"][value["$ref"].rsplit("/", 1)[1]], document)
    if isinstance(value, dict):
        return {name: _whole(one, document) for name, one in value.items()}
    return [_whole(one, document) for one in value] if isinstance(value, list) else value
