"""A home page per language below the site's root, and pages below them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from drf_spectacular.generators import SchemaGenerator
from wagtail.models import Page, Site

from cms_pages.models import ContentPage, HomePage, LandingPage
from tests.factories.catalog import language


@pytest.fixture(scope="session")
def components() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)["components"]


def holds(components: dict[str, Any], name: str, answer: Any) -> None:
    """The answer is as the OpenAPI document says."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": components}
    jsonschema.Draft202012Validator(schema).validate(answer)


@pytest.fixture
def homes(db) -> dict[str, HomePage]:
    key, made = uuid.uuid4(), {}
    for code in ("en", "hi"):
        made[code] = HomePage(title=f"Home {code}", slug=f"home-{code}", locale=language(code), translation_key=key)
        Page.objects.get(depth=1).add_child(instance=made[code])
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": made["en"]}
    )
    return made


def blocks(*pairs: tuple[str, dict[str, Any]]) -> str:
    """A body in its stored form."""
    return json.dumps([{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in pairs])


@pytest.fixture
def make_page(homes) -> Callable[..., Page]:
    def make(title: str = "About", *, code: str = "en", model: type[Page] = ContentPage, of: Page | None = None,
             **fields: Any) -> Page:  # fmt: skip
        if of is not None:
            fields["translation_key"] = of.translation_key
        page = model(title=title, locale=language(code), **fields)
        homes[code].add_child(instance=page)
        page.save_revision().publish()
        return model.objects.get(pk=page.pk)

    return make


@pytest.fixture
def make_landing(make_page) -> Callable[..., Page]:
    return lambda title="Diwali", **fields: make_page(title, model=LandingPage, **fields)
