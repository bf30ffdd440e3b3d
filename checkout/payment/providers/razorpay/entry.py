from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from checkout.payment.entry import Entry
from checkout.payment.providers.razorpay.checks import check, check_is_live
from checkout.payment.providers.razorpay.gateway import Razorpay
from checkout.payment.providers.razorpay.policy import content_policy

ENTRY = Entry(
    code=Razorpay.code,
    name="Razorpay",
    title=_("UPI, card or net banking"),
    text=_("On the next page, with Razorpay."),
    icon="smartphone",
    open=Razorpay,
    is_configured=lambda: bool(settings.RAZORPAY_KEY_ID),
    currencies=lambda: settings.RAZORPAY_CURRENCIES,
    is_demo=lambda: settings.RAZORPAY_IS_DEMO,
    checks=check,
    deploy_checks=check_is_live,
    window_script=lambda: settings.RAZORPAY_CHECKOUT_JS_URL,
    page_script="shop/js/pay.js",
    content_policy=lambda: content_policy(settings.RAZORPAY_CHECKOUT_JS_URL),
    result_fields=("razorpay_payment_id", "razorpay_order_id", "razorpay_signature"),
)
