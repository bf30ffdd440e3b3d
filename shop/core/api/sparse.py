"""`?fields=id,name`: only these members of an answer, or of each in a list. At every read of the API, in one place."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.response import Response

from shop.core.api.problems import handle
from shop.core.api.shaping import fields_of
from shop.core.errors import Invalid, Refusal


class SparseFields:
    """Thins what a view of REST framework answers. Reads that go the short way past it call the same functions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        return thinned(request, response)


def thinned(request: HttpRequest, response: Any) -> Any:
    """An answer that is not rendered yet, with what `?fields=` names, or the refusal."""
    if "fields" not in request.GET or not _is_read(request, response):
        return response
    view = response.renderer_context["view"]
    try:
        response.data = thin(response.data, asked_members(request, members_of(type(view))))
    except Refusal as refused:
        return view.finalize_response(view.request, handle(refused, {}))
    return response


def _is_read(request: HttpRequest, response: Any) -> bool:
    is_answer = isinstance(response, Response) and response.status_code == 200
    if not is_answer or request.method not in ("GET", "HEAD"):
        return False
    has_own = getattr(response.renderer_context["view"], "has_own_fields", False)
    return response.accepted_renderer.format in ("json", "xml") and not has_own


MEMBERS: dict[type, tuple[str, ...]] = {}  # by class of view: found out once in a process


def members_of(view_class: type) -> tuple[str, ...]:
    """What `?fields=` may name: the members of the view's `shape`, else of what its `GET` declares for the OpenAPI
    document; nothing where that is no object."""
    if view_class not in MEMBERS:
        shape = getattr(view_class, "shape", None)
        MEMBERS[view_class] = tuple(shape().fields if shape else _of_one(_declared(view_class)))
    return MEMBERS[view_class]


def _declared(view_class: Any) -> Any:
    get = getattr(view_class, "get", None)
    schema_class = getattr(get, "kwargs", {}).get("schema") or type(inspect.getattr_static(view_class, "schema", None))
    if get is None or not hasattr(schema_class, "get_response_serializers"):
        return None
    schema, view = schema_class(), view_class()
    view.request, view.kwargs = None, {}
    schema.view, schema.method, schema.path = view, "GET", ""
    schema._get_serializer = lambda: getattr(view_class, "serializer_class", None)  # nothing is guessed
    return schema.get_response_serializers()


def _of_one(declared: Any) -> Mapping[str, Any]:
    """Of a list, or a page of one, those of each thing in it."""
    if isinstance(declared, Mapping):
        declared = declared.get(200)
    if isinstance(declared, OpenApiResponse):
        declared = declared.response
    if isinstance(declared, serializers.ListSerializer):
        return fields_of(declared.child)
    fields = fields_of(declared)
    inner = fields.get("results")
    return fields_of(inner.child) if isinstance(inner, serializers.ListSerializer) else fields


def asked_members(request: Any, known: Sequence[str]) -> frozenset[str] | None:
    """None: all of them. Raises Invalid naming the unknown, also where there is nothing to choose from."""
    asked = request.GET.get("fields")
    if asked is None:
        return None
    if not known:
        raise Invalid(errors={"fields": [_("This call tells all or nothing: leave `fields` out.")]})
    names = {name.strip() for name in asked.split(",") if name.strip()}
    unknown = sorted(names - set(known))
    if unknown or not names:
        shown = ", ".join(unknown)[:200].replace("\0", "")
        told = {"unknown": shown, "known": ", ".join(known)}
        raise Invalid(errors={"fields": [_("Unknown: %(unknown)s. Known: %(known)s.") % told]})
    return frozenset(names)


def thin(answer: Any, names: frozenset[str] | None) -> Any:
    """`answer` with these members only; of a list, each of its things."""
    if names is None:
        return answer
    if isinstance(answer, list):
        return [thin(one, names) for one in answer]
    if not isinstance(answer, dict):
        return answer
    if isinstance(answer.get("results"), list):
        return answer | {"results": thin(answer["results"], names)}
    return {name: value for name, value in answer.items() if name in names}
