"""Links that are secrets: who has one may set a password or read an order. They stand in the mail alone, never in the
database.

    @private_link("password_reset")
    def reset_link(notification) -> str | None: ...       # None: no longer wanted

The stored text of such a notice has `HIDDEN` where the link stands; the link is put in when the mail is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.html import escape

HIDDEN = "[…]"
HIDDEN_STOP = "[–]"  # the link that ends such letters
Maker = Callable[[Any], str | None]
_makers: dict[str, Maker] = {}


def private_link(name: str) -> Callable[[Maker], Maker]:
    """Register the maker of a kind's link, or of links that a notice asks for by `link_maker`."""

    def register(function: Maker) -> Maker:
        _makers[name] = function
        return function

    return register


def is_private(kind: str) -> bool:
    return kind in _makers


def link_of(notification: Any) -> str | None:
    return _makers[notification.link_maker](notification)


def reveal(text: str, html: str, links: dict[str, str]) -> tuple[str, str]:
    """Both parts of a mail with its secret links in their places."""
    for mark, link in links.items():
        text, html = text.replace(mark, link), html.replace(mark, escape(link))
    return text, html
