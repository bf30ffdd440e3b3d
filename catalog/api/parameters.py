"""What may be asked of a product list. Every parameter is checked; a bad one is named in the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from catalog.listing.interface import ORDERINGS, ListQuery
from shop.core.api.context import context_of
from shop.core.context import ShopContext
from shop.core.errors import Invalid, NotThere
from shop.core.money import InvalidAmount, Money

MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE = 100, 24
MAX_TEXT, MAX_VALUES = 200, 50
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,4})?")
_RATING = re.compile(r"[0-5](\.[0-9]{1,2})?")


class Wrong(ValueError):
    """A parameter that cannot be used; the text says what would be right."""


def query_of(
    request: HttpRequest, *, category: int | None = None, context: ShopContext | None = None
) -> ListQuery:  # fmt: skip
    """Raises Invalid naming every bad parameter, NotThere for a page before the first one."""
    context = context or context_of(request)
    given = request.GET
    if not given:
        return ListQuery(context, category=category)
    read = _Reader(given)
    query = ListQuery(
        context=context,
        text=read("q", str, ""),
        category=category if category is not None else read("category", _category, None),
        brands=read.many("brand"),
        min_price=read("min_price", lambda text: _amount(text, context), None),
        max_price=read("max_price", lambda text: _amount(text, context), None),
        in_stock=read("in_stock", flag, None),
        on_sale=read("on_sale", flag, None),
        rating_min=read("rating_min", _rating, None),
        attributes=_attributes(read),
        ordering=read("ordering", _ordering, ""),
        page=read("page", page_number, 1),
        page_size=read("page_size", page_size, DEFAULT_PAGE_SIZE),
        facets=read("facets", flag, False),
    )
    read.refuse_what_was_wrong()
    return query


def paging_of(request: HttpRequest) -> tuple[int, int, bool]:
    """Page, page size and whether a tree is asked for. Such a list has no cursors. Raises as `query_of`."""
    read = _Reader(request.GET)
    if "cursor" in request.GET:
        read.errors["cursor"] = [_("This list is read by `page`.")]
    asked = (read("page", page_number, 1), read("page_size", page_size, DEFAULT_PAGE_SIZE), read("tree", flag, False))
    read.refuse_what_was_wrong()
    return asked


@dataclass(frozen=True, slots=True)
class Since:
    """Changes are asked for. `category`: of this shelf (id or slug) only."""

    since: datetime
    size: int
    category: int | str | None


NOT_WITH_SINCE = ("q", "brand", "min_price", "max_price", "in_stock", "on_sale", "rating_min", "ordering", "facets",
                  "page", "tree")  # fmt: skip


def since_of(request: HttpRequest, *, refused: Collection[str] = NOT_WITH_SINCE) -> Since:
    """Raises Invalid, also for filters: what no longer passes one could not be told from what never did."""
    read = _Reader(request.GET)
    asked = Since(
        since=_time(read),
        size=read("page_size", page_size, DEFAULT_PAGE_SIZE),
        category=read("category", _category, None),
    )
    for name in request.GET:
        if name in refused or name.startswith("attr_"):
            read.errors[name] = [_("This does not go with updated_since.")]
    read.refuse_what_was_wrong()
    return asked


def _time(read: _Reader) -> datetime:
    try:
        at = parse_datetime(str(read.given["updated_since"]))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        read.errors["updated_since"] = [_("A time such as 2026-01-31T09:30:00Z, with its zone.")]
        return datetime.min
    return at


class _Reader:
    """Reads parameters one by one and remembers what was wrong with them."""

    def __init__(self, given: QueryDict) -> None:
        self.given = given
        self.errors: dict[str, list] = {}

    def __call__(self, name: str, parse: Callable[[str], Any], default: Any) -> Any:
        if name not in self.given:
            return default
        try:
            return parse(_clean(str(self.given[name])))
        except Wrong as wrong:
            self.errors[name] = [str(wrong)]
            return default

    def many(self, name: str, *, whole: bool = True) -> tuple[str, ...]:
        """Values given by repeating the parameter or with commas between them; `whole` also as they stand."""
        texts = [text for text in self.given.getlist(name) if text]
        parts = [part.strip() for text in texts for part in text.split(",")]
        values = tuple(dict.fromkeys(value for value in [*(texts if whole else ()), *parts] if value))
        if len(values) > MAX_VALUES or any(len(value) > MAX_TEXT or "\0" in value for value in values):
            self.errors[name] = [_("Too much of it.")]
        return values

    def refuse_what_was_wrong(self) -> None:
        if self.errors:
            raise Invalid(errors=self.errors)


def _attributes(read: _Reader) -> dict[str, tuple[str, ...]]:
    names = [name for name in read.given if name.startswith("attr_")]
    for name in names:
        if not _CODE.fullmatch(name[5:]):
            read.errors[name] = [_("An attribute's code has small letters, digits and “_”.")]
    found = {name[5:]: read.many(name, whole=False) for name in names if name not in read.errors}
    return {code: values for code, values in found.items() if values}


def _clean(text: str) -> str:
    if "\0" in text or len(text) > MAX_TEXT:
        raise Wrong(_("At most %(most)s characters.") % {"most": MAX_TEXT})
    return text.strip()


def _category(text: str) -> int | str:
    if not text:
        raise Wrong(_("The id or the slug of a category."))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else text


def _amount(text: str, context: ShopContext) -> int:
    try:
        if not _AMOUNT.fullmatch(text):
            raise InvalidAmount
        return Money.parse(text, context.currency).minor
    except InvalidAmount:
        raise Wrong(_("An amount such as 1299.00, in %(currency)s.") % {"currency": context.currency}) from None


def flag(text: str) -> bool:
    if text.lower() not in ("true", "false", "1", "0"):
        raise Wrong(_("“true” or “false”."))
    return text.lower() in ("true", "1")


def _rating(text: str) -> str:
    if not _RATING.fullmatch(text) or float(text) > 5:
        raise Wrong(_("A number from 0 to 5."))
    return text


def _ordering(text: str) -> str:
    if text not in ORDERINGS:
        raise Wrong(_("One of: %(known)s.") % {"known": ", ".join(ORDERINGS)})
    return text


def page_number(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,30}", text):
        raise Wrong(_("A number from 1."))
    if not 1 <= int(text) < 10**9:
        raise NotThere(code="page_not_found")
    return int(text)


def page_size(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MAX_PAGE_SIZE):
        raise Wrong(_("A number from 1 to %(most)s.") % {"most": MAX_PAGE_SIZE})
    return int(text)
