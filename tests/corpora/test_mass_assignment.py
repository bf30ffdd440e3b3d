"""Promise A2: no field outside the allow-list is ever written, by any operation of the API, as JSON or as XML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from shop.accounts.models import User
from shop.core.api.shaping import request_fields
from shop.core.api.xml import to_xml
from tests.corpora.extras import MARKS, extras, loaded
from tests.corpora.ground import Ground
from tests.corpora.pages import FORMS, TAKES, address_of
from tests.corpora.pages import WITHOUT_EFFECT as FORMS_WITHOUT_EFFECT
from tests.corpora.rows import Effect, differences, effect_of
from tests.corpora.writes import WITHOUT_EFFECT, Write, body_of, url_of, writes
from tests.permissions.world import undone

EVERYWHERE = {"currency", "lang", "q"}  # asked on every page, for something else
STRICT = ("currency", "draft", "confirm", "accept_prices")  # of the query, of some write each
CONTENT = {"json": "application/json", "xml": "application/xml"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once, never committed; each request is taken back, and the clock stands still, so that they compare."""
    with django_db_blocker.unblock(), undone(), override_settings(SMS_URL="console://"):
        made = Ground()
        with time_machine.travel(timezone.now(), tick=False):
            yield made


@pytest.mark.parametrize("write", writes(), ids=str)
def test_nothing_else_is_written(world, write):
    fields = request_fields(write.view(), write.method)
    body = body_of(world, write, fields)
    plain, again = _sent(world, write, body), _sent(world, write, body)
    assert plain.tables or str(write) in WITHOUT_EFFECT, f"no effect to compare: {plain.status} {plain.body[:300]!r}"
    more = extras(plain.tables, _read(plain), fields)
    assert len(more) > 20
    for kind in CONTENT:
        if kind == "xml" and not fields:
            continue
        found = _sent(world, write, loaded(body, more, fields), kind)
        assert list(differences(plain, again, found, MARKS)) == [], kind


def test_a_wrong_parameter_of_the_query_changes_nothing(world):
    """Each is refused before anything is written; what was named is left out of the next try."""
    refused, wrote = set(), []
    for write in writes():
        body, asked = (
            body_of(world, write, request_fields(write.view(), write.method)),
            dict.fromkeys(STRICT, "perhaps"),
        )
        while asked:
            found = effect_of(_request(world, write, body, query=f"?{urlencode(asked)}"))
            named = set(_read(found).get("errors", ())) & set(asked) if found.status == 400 else set()
            wrote += [(str(write), *found.tables)] if named and found.tables else []
            refused |= {(str(write), name) for name in named}
            asked = {name: "perhaps" for name in asked if name not in named} if named else {}
    assert wrote == []
    assert len(refused) > 15 and {name for _write, name in refused} == set(STRICT)


def test_a_member_that_does_arrive_would_be_seen(world):
    """The proof of the proof: a request after which somebody is staff."""
    write = next(one for one in writes() if str(one) == "PATCH /api/self/")
    body = {"name": "Changed"}
    plain, again = _sent(world, write, body), _sent(world, write, body)
    send = _request(world, write, body)
    more = effect_of(lambda: (send(), User.objects.filter(pk=world.user("customer").pk).update(is_staff=True))[0])
    assert [one for one in differences(plain, again, more, MARKS) if "accounts_user.is_staff" in one]


def _sent(world: Ground, write: Write, body: dict[str, Any], kind: str = "json") -> Effect:
    return effect_of(_request(world, write, body, kind))


def _request(
    world: Ground, write: Write, body: dict[str, Any], kind: str = "json", query: str = ""
) -> Callable[[], Any]:  # fmt: skip
    client, url = world.client(write.role, page=False), url_of(world, write) + query
    text = json.dumps(body) if kind == "json" else to_xml(body)
    return lambda: client.generic(write.method, url, text.encode(), content_type=CONTENT[kind])


def _read(effect: Effect) -> Any:
    try:
        return json.loads(effect.body)
    except ValueError:
        return None


@pytest.mark.parametrize("path", FORMS)
def test_nor_by_a_form(world, path):
    role, body = FORMS[path][0], FORMS[path][1](world)
    plain, again = _posted(world, path, role, body), _posted(world, path, role, body)
    assert plain.tables or path in FORMS_WITHOUT_EFFECT, f"no effect to compare: {plain.status}"
    shown = world.client(role, page=True).get(address_of(world, path, role))
    asked = set(re.findall(r'name="(\w+)"', shown.content.decode())) if shown.status_code == 200 else set()
    more = extras(plain.tables, None, {*body, *asked, *TAKES.get(path, ())} - EVERYWHERE)
    assert list(differences(plain, again, _posted(world, path, role, body | more), MARKS)) == []


def _posted(world: Ground, path: str, role: str, body: dict[str, Any]) -> Effect:
    client = world.client(role, page=True)
    text = urlencode(
        {name: json.dumps(value) if isinstance(value, dict) else value for name, value in body.items()}, True
    )
    form = "application/x-www-form-urlencoded"
    return effect_of(lambda: client.post(address_of(world, path, role), text, content_type=form))
