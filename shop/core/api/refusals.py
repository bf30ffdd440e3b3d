"""What a view may refuse, read from the code: every `Refusal` that it, or what it calls by name, raises.

For the OpenAPI document and docs/api/errors.md, so that neither is written by hand. It follows names of functions and
`self.…`, not objects: what is raised behind an interface is named by the view, for all its methods
(`raises = (GatewayUnavailable,)`) or by method (`raises = {"POST": (SkuTaken,)}`). It may name more than can happen,
where a refusal is caught on its way.
"""

from __future__ import annotations

import ast
import builtins
import functools
import importlib
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from rest_framework.views import APIView

from shop.core.errors import Refusal

Named = tuple[int, str]  # status and code
OURS = ("shop.", "catalog.", "checkout.", "cms_pages.")


@dataclass(frozen=True)
class Reading:
    """(status, code) of everything that a view's method may refuse, and the functions and classes that it comes to."""

    refusals: frozenset[Named]
    functions: frozenset[Callable]


@functools.cache
def reading_of(view_class: type, method: str) -> Reading:
    raises = getattr(view_class, "raises", ())
    named = raises.get(method.upper(), ()) if isinstance(raises, dict) else raises
    found = {(one.status, one.code) for one in named}
    seen: set[Any] = set()
    for name in (method, "initial"):
        if callable(function := getattr(view_class, name, None)):
            found |= set(_of_function(function, view_class, seen))
    return Reading(frozenset(found), frozenset(function for function, _owner in seen))


def _of_function(function: Callable, owner: type | None, seen: set[Any]) -> Iterator[Named]:
    while function is not None:
        if (function, owner) not in seen and function.__module__.startswith(OURS):
            seen.add((function, owner))
            yield from _of_body(function, owner, seen)
        function = getattr(function, "__wrapped__", None)  # type: ignore[assignment]


def _of_body(function: Callable, owner: type | None, seen: set[Any]) -> Iterator[Named]:
    tree = _tree(function)
    known = getattr(function, "__globals__", {}) | _imported_inside(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and node.exc is not None:
            yield from _raised(node.exc, known)
        elif isinstance(node, ast.Call):
            yield from _raised(node, known)
        elif isinstance(node, ast.Name | ast.Attribute):
            yield from _of_named(_resolved(node, known, owner), owner, seen)


def _of_named(found: Any, owner: type | None, seen: set[Any]) -> Iterator[Named]:
    if found is APIView.permission_denied:
        yield 403, "not_allowed"
    elif inspect.isclass(found) and found.__module__.startswith(OURS):
        seen.add((found, None))
    elif inspect.isfunction(found):
        is_method = owner is not None and getattr(owner, found.__name__, None) is found
        yield from _of_function(found, owner if is_method else None, seen)


def _raised(node: ast.expr, known: dict[str, Any]) -> Iterator[Named]:
    call = node if isinstance(node, ast.Call) else None
    found = _resolved(call.func if call else node, known, None)
    if not (inspect.isclass(found) and issubclass(found, Refusal)):
        return
    codes = [word.value for word in call.keywords if word.arg == "code"] if call else []
    said = [code.value for code in codes if isinstance(code, ast.Constant) and isinstance(code.value, str)]
    yield found.status, said[0] if said else found.code


def _resolved(node: ast.expr, known: dict[str, Any], owner: type | None) -> Any:
    if isinstance(node, ast.Name):
        return known.get(node.id, getattr(builtins, node.id, None))
    if not isinstance(node, ast.Attribute):
        return None
    if isinstance(node.value, ast.Name) and node.value.id == "self" and owner is not None:
        return inspect.getattr_static(owner, node.attr, None)
    above = _resolved(node.value, known, owner)
    return getattr(above, node.attr, None) if isinstance(above, ModuleType) else None


@functools.cache
def _tree(function: Callable) -> ast.AST:
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function.__code__)))
    except (OSError, SyntaxError, AttributeError):
        return ast.Module(body=[], type_ignores=[])


def _imported_inside(tree: ast.AST) -> dict[str, Any]:
    """Names that a function imports for itself, to avoid a circle."""
    return {
        alias.asname or alias.name: getattr(importlib.import_module(node.module), alias.name, None)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(OURS)
        for alias in node.names
    }
