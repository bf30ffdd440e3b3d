"""A complaint is moved by its complainant and by support at the same instant: one after the other, along the table."""

from __future__ import annotations

import pytest
from django.utils import timezone

from checkout.complaint.errors import WrongStage
from checkout.complaint.models import Complaint
from checkout.complaint.services.close_complaint import close_complaint
from checkout.complaint.services.resolve_complaint import resolve_complaint
from checkout.complaint.services.warn_of_deadlines import warn_of_deadlines
from checkout.complaint.services.write_message import write_message
from shop.core.outbox.models import OutboxEvent
from shop.notifications.models import Notification
from tests.factories.complaints import make_complaint
from tests.factories.people import make_user
from tests.threads import at_once

pytestmark = pytest.mark.postgres_race


def events() -> list[str]:
    return list(OutboxEvent.objects.filter(name__startswith="complaint.").order_by("pk").values_list("name", flat=True))


def test_an_answer_and_a_withdrawal_leave_one_end(own_database):
    pk = make_complaint().pk
    outcomes = at_once([
        lambda: resolve_complaint(complaint_id=pk, text="Done", at=timezone.now(), by="sam"),
        lambda: close_complaint(complaint_id=pk, at=timezone.now(), by_complainant=True),
    ])  # fmt: skip
    assert Complaint.objects.get(pk=pk).status == "closed"  # the answer first and then the end, or the end alone
    refused = any(isinstance(one, WrongStage) for one in outcomes)
    assert events()[1:] == (["complaint.closed"] if refused else ["complaint.resolved", "complaint.closed"])


def test_many_words_at_once_open_it_again_once(own_database):
    pk = make_complaint(status="resolved").pk
    at_once([lambda: write_message(complaint_id=pk, text="No!", at=timezone.now())] * 4)
    assert (events().count("complaint.reopened"), events().count("complaint.written")) == (1, 4)


def test_two_clocks_warn_once(own_database):
    make_user("sam", role="support")
    complaint = make_complaint()
    assert sum(at_once([lambda: warn_of_deadlines(at=complaint.acknowledge_by)] * 3)) == 1
    assert Notification.objects.filter(kind="complaint_due", channel="in_app").count() == 1
