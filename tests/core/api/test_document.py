"""The address of the OpenAPI document: what it is read as, and what is refused there."""

from __future__ import annotations

import json

import pytest
import yaml
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

PLACE = "/api/schema/"


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    monkeypatch.setattr(SchemaGenerator, "get_schema", lambda *_, **__: {"openapi": "3.0.3"})


@pytest.mark.parametrize(
    ("query", "accept", "kind", "read"),
    [
        ("", "*/*", "application/json", json.loads),
        ("", "application/json", "application/json", json.loads),
        ("", "application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json", json.loads),
        ("", "application/yaml", "application/yaml; charset=utf-8", yaml.safe_load),
        ("?format=json", "*/*", "application/json", json.loads),
        ("?format=yaml", "*/*", "application/yaml; charset=utf-8", yaml.safe_load),
        ("?format=csv", "*/*", "application/json", json.loads),
    ],
)
def test_it_is_json_unless_yaml_is_asked_for(db, query, accept, kind, read):
    answer = Client().get(PLACE + query, headers={"Accept": accept})
    assert (answer.status_code, answer["Content-Type"], read(answer.content)) == (200, kind, {"openapi": "3.0.3"})


@pytest.mark.parametrize(
    ("method", "place", "accept", "status"),
    [
        ("get", PLACE, "application/xml", 406),
        ("post", PLACE, "application/yaml", 405),
        ("post", "/api/docs/", "text/html", 405),
    ],
)
def test_what_is_refused_there_is_a_problem_in_json(db, method, place, accept, status):
    answer = getattr(Client(), method)(place, headers={"Accept": accept})
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert json.loads(answer.content)["status"] == status
