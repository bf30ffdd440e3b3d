"""Strict JSON in: an object at the top, no NaN, no duplicate member, at most 2 MB."""

from __future__ import annotations

import json

from django.conf import settings
from rest_framework import parsers

from shop.core.api.problems import NotJSON, TooLarge


class StrictJSONParser(parsers.JSONParser):
    def parse(self, stream, media_type=None, parser_context=None):
        raw = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(raw) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge
        try:
            parsed = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_no_duplicates)
        except (ValueError, RecursionError) as problem:
            raise NotJSON(f"The body is not JSON: {problem}") from None
        if not isinstance(parsed, dict):
            raise NotJSON("The body must be a JSON object.")
        return parsed


def _refuse_constant(name: str):
    raise ValueError(f"{name} is not JSON")


def _no_duplicates(pairs: list[tuple]) -> dict:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member stands twice")
    return members
