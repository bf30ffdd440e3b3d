"""Kinds of notices. A room says here what it tells people, of which words, and how it reads before anybody edits it.

    register(Kind("order_paid", _("Order paid"), ORDERS, samples={"number": "OS-24183"}, texts={"en": Text(…)}))

`samples` is the allow-list: a text may name these placeholders and no others, and a preview is filled with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """What a person wants to hear of or not, by channel."""

    ORDERS = "orders", _("Orders, payments and returns")
    STOCK = "stock", _("Pieces that are back")
    REVIEWS = "reviews", _("Reviews")
    STAFF = "staff", _("Shop floor")
    ACCOUNT = "account", _("Account and security")


FAREWELL = "account_closed"  # forgotten with its address as soon as it is sent
TRANSACTIONAL = frozenset({Topic.ORDERS, Topic.ACCOUNT})  # by e-mail always: what was agreed has to be told


@dataclass(frozen=True)
class Text:
    """How a notice reads. Paragraphs of the body are apart by an empty line; `note` is small print below the button.
    Without `sms` none is sent."""

    subject: str
    heading: str
    body: str
    button: str = ""
    sms: str = ""
    sms_template_id: str = ""
    note: str = ""


@dataclass(frozen=True)
class Kind:
    name: str
    label: Any
    topic: Topic
    samples: Mapping[str, str]
    texts: Mapping[str, Text]  # by language
    details: str = ""  # a template `email/<details>.html` and `.txt` below the button, such as the lines of an order
    sample_details: Callable[[str], Mapping[str, Any]] = field(default=lambda _locale: {})
    needs: Mapping[str, str] = field(default_factory=dict)  # part of a text, and the placeholder it may not leave out


kinds: dict[str, Kind] = {}


def register(*added: Kind) -> None:
    kinds.update({kind.name: kind for kind in added})


def topic_of(kind: str) -> Topic:
    return kinds[kind].topic if kind in kinds else Topic.ACCOUNT
