"""What is written down beside the code is what the code says."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer

from tests.core.children import ROOT


def test_the_openapi_document_is_the_one_that_clients_were_given():
    """Changed on purpose? `make openapi`, and look at the difference before it is committed."""
    GENERATOR_STATS.reset()
    said = OpenApiJsonRenderer().render(SchemaGenerator().get_schema(public=True))
    assert json.loads((ROOT / "docs" / "api" / "openapi.json").read_text()) == json.loads(said)
    assert not GENERATOR_STATS


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
