"""A key in the wrong place is found at the start (R29)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from checkout.payment.providers.razorpay.checks import check, check_is_live
from checkout.payment.providers.stripe import checks as stripe_checks
from shop.accounts.services.ensure_roles import ensure_roles

TEST, LIVE = "rzp_test_Emulator000001", "rzp_live_Emulator000001"


def found(settings, check=check, **changes) -> list[str]:
    for name, value in changes.items():
        setattr(settings, name, value)
    return [message.id for message in check()]


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({"RAZORPAY_KEY_ID": TEST}, []),
        ({"RAZORPAY_KEY_ID": ""}, []),
        ({"RAZORPAY_KEY_ID": LIVE, "RAZORPAY_API_URL": "https://api.razorpay.com"}, []),
        ({"RAZORPAY_KEY_ID": "rzp_prod_Emulator000001"}, ["payment.E001"]),
        ({"RAZORPAY_KEY_ID": TEST + "x"}, ["payment.E001"]),
        ({"RAZORPAY_KEY_SECRET": ""}, ["payment.E002"]),
        ({"RAZORPAY_WEBHOOK_SECRETS": []}, ["payment.E003"]),
        ({"RAZORPAY_WEBHOOK_SECRETS": ["a", ""]}, ["payment.E003"]),
        ({"RAZORPAY_KEY_ID": LIVE, "DEMO": True}, ["payment.E004"]),
        ({"RAZORPAY_KEY_ID": LIVE, "DEBUG": True}, ["payment.E004"]),
        ({"RAZORPAY_KEY_ID": LIVE, "RAZORPAY_API_URL": "http://127.0.0.1:1"}, ["payment.E005"]),
    ],
)
def test_keys_fit_where_the_shop_runs(settings, changes, ids):
    assert found(settings, **changes) == ids


def test_a_test_key_in_production_is_warned_of(settings):
    assert found(settings, check_is_live, RAZORPAY_KEY_ID=TEST) == ["payment.W001"]
    assert found(settings, check_is_live, RAZORPAY_KEY_ID=LIVE) == []


STRIPE_TEST, STRIPE_LIVE = "sk_test_Emulator000001", "sk_live_Emulator000001"
STRIPE = {"STRIPE_SECRET_KEY": STRIPE_TEST, "STRIPE_WEBHOOK_SECRETS": ["whsec_a"]}


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({}, []),
        ({"STRIPE_SECRET_KEY": ""}, []),
        ({"STRIPE_SECRET_KEY": "rk_test_Emulator000001"}, []),
        ({"STRIPE_SECRET_KEY": STRIPE_LIVE}, []),
        ({"STRIPE_SECRET_KEY": "pk_test_Emulator000001"}, ["payment.E011"]),
        ({"STRIPE_SECRET_KEY": "sk_test_"}, ["payment.E011"]),
        ({"STRIPE_WEBHOOK_SECRETS": []}, ["payment.E013"]),
        ({"STRIPE_WEBHOOK_SECRETS": ["whsec_a", ""]}, ["payment.E013"]),
        ({"STRIPE_SECRET_KEY": STRIPE_LIVE, "DEMO": True}, ["payment.E014"]),
        ({"STRIPE_SECRET_KEY": STRIPE_LIVE, "DEBUG": True}, ["payment.E014"]),
        ({"STRIPE_SECRET_KEY": STRIPE_LIVE, "STRIPE_API_URL": "http://127.0.0.1:1"}, ["payment.E015"]),
    ],
)
def test_keys_of_stripe_fit_where_the_shop_runs(settings, changes, ids):
    assert found(settings, stripe_checks.check, **STRIPE | changes) == ids


def test_a_test_key_of_stripe_in_production_is_warned_of(settings):
    assert found(settings, stripe_checks.check_is_live, **STRIPE) == ["payment.W011"]
    assert found(settings, stripe_checks.check_is_live, STRIPE_SECRET_KEY=STRIPE_LIVE) == []


def test_support_may_refund(db):
    ensure_roles()
    codes = Group.objects.get(name="support").permissions.values_list("codename", flat=True)
    assert {"view_payment", "view_refund", "refund_payment"} <= set(codes)
