"""One merchant account: its keys, switches, clock, entities and journal."""

import random
import string
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from .clock import Clock
from .errors import ApiError, unknown_id
from .faults import Faults
from .webhooks import Outbox

ALPHANUMERICS = string.ascii_letters + string.digits
CHOICES = {
    "capture": ("automatic", "manual"),
    "receipt_policy": ("off", "return_same", "reject"),
    "refund_mode": ("processed", "pending"),
    "event_id_scope": ("event", "endpoint"),
    "metadata_empty_as": ("object", "array"),
}


@dataclass
class Switches:
    """What the gateway's rules leave open, for this account. Periods in minutes, the rest in seconds."""

    capture: str = "automatic"
    automatic_expiry_period: int = 4320
    manual_expiry_period: int = 4320
    auto_capture_after: int = 60
    receipt_policy: str = "off"
    refund_mode: str = "processed"
    refund_takes: int = 86_400
    balance: int | None = None
    event_id_scope: str = "event"
    failed_refund_restores: bool = True
    convenience_fee: int = 0
    international: bool = False
    entity_extra: dict[str, Any] = field(default_factory=dict)
    metadata_empty_as: str = "object"
    webhook_timeout: float = 5.0

    def change(self, values: dict[str, Any]) -> None:
        """Set the given switches, or none of them if one is unknown."""
        known = {item.name for item in fields(self)}
        for name, value in values.items():
            if name not in known or value not in CHOICES.get(name, (value,)):
                raise ApiError(f"No switch {name} = {value!r}.", field=name)
        for name, value in values.items():
            setattr(self, name, value)


@dataclass
class Order:
    """The entity as the API shows it, and what the API does not show."""

    entity: dict[str, Any]
    capture: str
    automatic_expiry: int
    manual_expiry: int
    partial: bool
    first_minimum: int
    unique_receipt: bool
    payments: list["Payment"] = field(default_factory=list)


@dataclass
class Payment:
    entity: dict[str, Any]
    order: Order
    card: dict[str, Any] | None
    refunds: list["Refund"] = field(default_factory=list)


@dataclass
class Refund:
    entity: dict[str, Any]
    payment: Payment
    of_capture: bool


@dataclass(frozen=True)
class JournalEntry:
    """Money that moved: captured, refunded, restored (a refund failed), returned (never captured), disputed (lost)."""

    order_id: str
    payment_id: str
    kind: str
    amount: int


class Account:
    """Everything of one key. `lock` guards all of it and is never held over the network."""

    def __init__(self, *, key_id: str, key_secret: str, seed: str) -> None:
        self.key_id = key_id
        self.key_secret = key_secret
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.closed = False
        self.clock = Clock()
        self.switches = Switches()
        self.faults = Faults()
        self._random = random.Random(f"{seed}:{key_id}")  # noqa: S311 (ids must be repeatable)
        self.id = self.make_id("acc")
        self.outbox = Outbox(self)
        self.orders: dict[str, Order] = {}
        self.payments: dict[str, Payment] = {}
        self.refunds: dict[str, Refund] = {}
        self.disputes: dict[str, dict[str, Any]] = {}
        self.refund_keys: dict[str, Any] = {}
        self.journal: list[JournalEntry] = []

    def make_id(self, prefix: str) -> str:
        return prefix + "_" + "".join(self._random.choices(ALPHANUMERICS, k=14))

    def shuffle(self, items: list[Any]) -> None:
        self._random.shuffle(items)

    def find_order(self, order_id: str) -> Order:
        return _find(self.orders, order_id)

    def find_payment(self, payment_id: str) -> Payment:
        return _find(self.payments, payment_id)

    def find_refund(self, refund_id: str) -> Refund:
        return _find(self.refunds, refund_id)

    def find_dispute(self, dispute_id: str) -> dict[str, Any]:
        return _find(self.disputes, dispute_id)

    def record(self, payment: Payment, kind: str, amount: int) -> None:
        entity = payment.entity
        self.journal.append(JournalEntry(entity["order_id"], entity["id"], kind, amount))

    def call_in(self, seconds: float, action: Callable[[], None]) -> None:
        """Have `action` run under the lock when this account's clock gets there."""
        self.clock.call_at(self.clock.exact() + seconds, action)
        self.changed.notify_all()

    def describe(self) -> dict[str, Any]:
        return {
            "key_id": self.key_id,
            "key_secret": self.key_secret,
            "account_id": self.id,
            "now": self.clock.now(),
            "switches": asdict(self.switches),
            "webhooks": [endpoint.describe() for endpoint in self.outbox.endpoints],
        }


def _find(table: dict[str, Any], key: str) -> Any:
    if key not in table:
        raise unknown_id()
    return table[key]
