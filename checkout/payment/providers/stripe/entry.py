from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from checkout.payment.entry import Entry
from checkout.payment.providers.stripe.checks import check, check_is_live
from checkout.payment.providers.stripe.gateway import Stripe

ENTRY = Entry(
    code=Stripe.code,
    name="Stripe",
    title=_("Stripe"),
    text=_("Card or wallet, on Stripe's own page."),
    icon="credit-card",
    open=Stripe,
    is_configured=lambda: bool(settings.STRIPE_SECRET_KEY),
    is_demo=lambda: settings.STRIPE_IS_DEMO,
    checks=check,
    deploy_checks=check_is_live,
)
