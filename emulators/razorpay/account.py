"""One merchant account: its keys, switches, clock, entities and journal."""

from dataclasses import asdict, dataclass, field
from typing import Any

from ..common.account import BaseAccount, SwitchBoard
from .errors import unknown_id
from .webhooks import RazorpayOutbox

CHOICES = {
    "capture": ("automatic", "manual"),
    "receipt_policy": ("off", "return_same", "reject"),
    "refund_mode": ("processed", "pending"),
    "event_id_scope": ("event", "endpoint"),
    "metadata_empty_as": ("object", "array"),
}


@dataclass
class Switches(SwitchBoard):
    """What the gateway's rules leave open, for this account. Periods in minutes, the rest in seconds."""

    choices = CHOICES

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


class Account(BaseAccount):
    """Everything of one key: its entities and its journal."""

    def __init__(self, *, key_id: str, key_secret: str, seed: str) -> None:
        super().__init__(key=key_id, seed=seed)
        self.key_id = key_id
        self.key_secret = key_secret
        self.switches = Switches()
        self.id = self.make_id("acc")
        self.outbox: RazorpayOutbox = RazorpayOutbox(self)
        self.orders: dict[str, Order] = {}
        self.payments: dict[str, Payment] = {}
        self.refunds: dict[str, Refund] = {}
        self.disputes: dict[str, dict[str, Any]] = {}
        self.refund_keys: dict[str, Any] = {}
        self.journal: list[JournalEntry] = []

    def make_id(self, prefix: str) -> str:
        return f"{prefix}_{self.make_text(14)}"

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
