"""One merchant account: its keys, switches, clock, entities and journal."""

from dataclasses import asdict, dataclass, field
from typing import Any

from ..common.account import BaseAccount, SwitchBoard
from .errors import missing
from .webhooks import StripeOutbox


@dataclass
class Switches(SwitchBoard):
    """What differs between accounts, banks and days. Periods in seconds.

    `capture` manual stands for sessions that are made with `capture_method: manual`. `failures`: so many of the next
    POSTs end with a 500 that is kept under their idempotency key.
    """

    choices = {"capture": ("automatic", "manual"), "refund_mode": ("succeeded", "pending")}

    capture: str = "automatic"
    authorization_lasts: int = 7 * 86_400
    refund_mode: str = "succeeded"
    refund_takes: int = 5 * 86_400
    balance: int | None = None
    failures: int = 0
    entity_extra: dict[str, Any] = field(default_factory=dict)
    webhook_timeout: float = 10.0


@dataclass
class Session:
    """The entity as the API shows it, and how its payment is to be made."""

    entity: dict[str, Any]
    capture_method: str
    intent_metadata: dict[str, str]
    intent: "Intent | None" = None


@dataclass
class Intent:
    entity: dict[str, Any]
    session: Session | None = None
    charge: dict[str, Any] | None = None  # the latest
    refunds: list["Refund"] = field(default_factory=list)


@dataclass
class Refund:
    entity: dict[str, Any]
    intent: Intent


@dataclass(frozen=True)
class JournalEntry:
    """Money that moved: captured, refunded, restored (a refund failed), disputed or won."""

    intent_id: str
    kind: str
    amount: int


@dataclass
class KeptAnswer:
    """What an idempotency key stands for. `running` until its first answer was given."""

    fingerprint: bytes
    created: float
    answer: Any = None
    running: bool = True


class Account(BaseAccount):
    """Everything of one secret key. Control calls name it by its id `acct_…`."""

    def __init__(self, *, account_id: str, secret_key: str, seed: str) -> None:
        super().__init__(key=account_id, seed=seed)
        self.id = account_id
        self.secret_key = secret_key
        self.switches = Switches()
        self.outbox: StripeOutbox = StripeOutbox(self)
        self.sessions: dict[str, Session] = {}
        self.intents: dict[str, Intent] = {}
        self.charges: dict[str, dict[str, Any]] = {}
        self.balance_transactions: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, Refund] = {}
        self.disputes: dict[str, dict[str, Any]] = {}
        self.keys: dict[str, KeptAnswer] = {}
        self.journal: list[JournalEntry] = []

    def make_id(self, prefix: str) -> str:
        """As long as the real ones are: `cs_test_` 66 characters, the others 27 or 28."""
        return f"{prefix}_{self.make_text(58)}" if prefix == "cs_test" else f"{prefix}_3{self.make_text(23)}"

    def find_session(self, key: str) -> Session:
        if key not in self.sessions:
            raise missing("checkout.session", key)
        return self.sessions[key]

    def find_intent(self, key: str) -> Intent:
        if key not in self.intents:
            raise missing("payment_intent", key, "intent")
        return self.intents[key]

    def find_charge(self, key: str) -> dict[str, Any]:
        if key not in self.charges:
            raise missing("charge", key)
        return self.charges[key]

    def find_refund(self, key: str) -> Refund:
        if key not in self.refunds:
            raise missing("refund", key)
        return self.refunds[key]

    def find_dispute(self, key: str) -> dict[str, Any]:
        if key not in self.disputes:
            raise missing("dispute", key)
        return self.disputes[key]

    def record(self, intent: Intent, kind: str, amount: int) -> None:
        self.journal.append(JournalEntry(intent.entity["id"], kind, amount))

    def describe(self) -> dict[str, Any]:
        return {
            "account": self.id,
            "secret_key": self.secret_key,
            "now": self.clock.now(),
            "switches": asdict(self.switches),
            "webhooks": [endpoint.describe() for endpoint in self.outbox.endpoints],
        }
