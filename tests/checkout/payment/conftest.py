from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from checkout.payment.models import Payment, WebhookEvent
from checkout.payment.services.confirm_payment import confirm_payment
from checkout.payment.services.receive_webhook import receive_webhook
from checkout.payment.services.start_payment import start_payment
from shop.core.money import Money
from shop.core.outbox.models import OutboxEvent
from shop.core.tasks.runner import run_everything_due
from tests.gateways import Gateway
from tests.razorpay import razorpay, razorpay_process  # noqa: F401
from tests.stripe import stripe, stripe_process  # noqa: F401

TOTAL = Money(129_900, "INR")
GATEWAYS = ("razorpay", "stripe")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test of the port runs once with each gateway; one that asks for a gateway by name runs with that one."""
    if "gateway" in metafunc.fixturenames:
        named = [code for code in GATEWAYS if code in metafunc.fixturenames]
        metafunc.parametrize("gateway", named or GATEWAYS, indirect=True)


@pytest.fixture
def gateway(request) -> Gateway:
    """The emulator of each gateway in turn, as the one that the shop is set up for."""
    return request.getfixturevalue(request.param)


@dataclass
class Purchase:
    """Something that waits for money, and the customer at its checkout."""

    gateway: Gateway
    reference: str = "test:1"
    amount: Money = TOTAL
    back: dict = field(default_factory=dict)

    def start(self) -> Payment:
        return start_payment(reference=self.reference, provider=self.gateway.code, amount=self.amount)

    def pay(self, outcome: str = "success", **data) -> dict:
        """Start and pay; remembers what the checkout brought back."""
        payment = self.start()
        self.back = self.gateway.pay(payment.provider_order_id, outcome, **data)
        return self.back

    def confirm(self, **changes) -> Payment:
        fields = {
            "reference": self.reference,
            "provider": self.gateway.code,
            "amount": self.amount,
            **self.gateway.returned(self.back),
        }
        return confirm_payment(**fields | changes)

    def paid(self) -> Payment:
        self.pay()
        return self.confirm()

    def hear(self, *events: str, times: int = 1) -> list[WebhookEvent]:
        """Receive the gateway's messages (of these events) and do all background work."""
        heard = [
            receive_webhook(provider=self.gateway.code, body=hook["body"].encode(), headers=hook["headers"])
            for hook in self.gateway.hooks(*events)
            for _ in range(times)
        ]
        drain()
        return heard


@pytest.fixture
def purchase(gateway, db) -> Purchase:
    return Purchase(gateway)


def drain() -> None:
    """All background work, until there is none."""
    for _ in range(10):
        if not run_everything_due():
            return


def told(*names: str) -> list[dict]:
    """What this room published, oldest first."""
    events = OutboxEvent.objects.filter(name__startswith="payment.").order_by("pk")
    return [event.payload | {"name": event.name} for event in events if not names or event.name in names]


def snapshot() -> list:
    """Everything that a refusal must leave as it is."""
    return [
        list(Payment.objects.order_by("pk").values()),
        list(WebhookEvent.objects.values()),
        list(OutboxEvent.objects.values_list("pk", flat=True)),
    ]
