"""Strict JSON and XML in: an object at the top, no NaN, no duplicate member, no DTD, at most 2 MB."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from rest_framework import parsers

from shop.core.api.problems import MalformedXML, NotJSON, TooLarge
from shop.core.api.shaping import request_fields, shaped_members
from shop.core.api.strictness import refuse_wrong_types
from shop.core.api.xml import NotXML, from_xml


class StrictJSONParser(parsers.JSONParser):
    def parse(self, stream, media_type=None, parser_context=None):
        try:
            parsed = json.loads(
                _raw(stream).decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_no_duplicates
            )
        except (ValueError, RecursionError) as problem:
            raise NotJSON(f"The body is not JSON: {problem}") from None
        if not isinstance(parsed, dict):
            raise NotJSON("The body must be a JSON object.")
        refuse_wrong_types(parsed, _fields(parser_context or {}))
        return parsed


class XMLParser(parsers.BaseParser):
    media_type = "application/xml"

    def parse(self, stream, media_type=None, parser_context=None):
        """The same dictionary that the JSON parser would give, by the view's declared request."""
        try:
            parsed = from_xml(_raw(stream))
        except NotXML as problem:
            raise MalformedXML(f"The body is not XML as it is read here: {problem}") from None
        if parsed == "":
            return {}
        if not isinstance(parsed, dict):
            raise MalformedXML("The body must be an object: an element for each member.")
        fields = _fields(parser_context or {})
        members = shaped_members(parsed, fields)
        refuse_wrong_types(members, fields)
        return members


def _fields(context: dict[str, Any]) -> dict[str, Any]:
    view, request = context.get("view"), context.get("request")
    return request_fields(view, request.method) if view is not None and request is not None else {}


def _raw(stream: Any) -> bytes:
    raw = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    if len(raw) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise TooLarge
    return raw


def _refuse_constant(name: str):
    raise ValueError(f"{name} is not JSON")


def _no_duplicates(pairs: list[tuple]) -> dict:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member stands twice")
    return members
