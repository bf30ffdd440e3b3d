"""A complaint's life: deadlines of the law, steps along the table, letters, warnings, and what is forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from checkout.complaint import rules
from checkout.complaint.errors import ComplaintClosed, WrongStage
from checkout.complaint.letters import _words
from checkout.complaint.models import Complaint, ComplaintMessage
from checkout.complaint.rules import a_month_after, complaint_token
from checkout.complaint.services.acknowledge_complaint import acknowledge_complaint
from checkout.complaint.services.close_complaint import close_complaint, close_settled
from checkout.complaint.services.open_complaint import Complainant, open_complaint
from checkout.complaint.services.reopen_complaint import reopen_complaint
from checkout.complaint.services.reply_to_complaint import reply_to_complaint
from checkout.complaint.services.resolve_complaint import resolve_complaint
from checkout.complaint.services.warn_of_deadlines import warn_of_deadlines
from checkout.complaint.services.write_message import write_message
from shop.accounts.services.close_account import close_account
from shop.core.errors import Invalid, NotThere
from shop.core.outbox.models import OutboxEvent
from shop.core.personal_data import everything_of
from shop.core.tasks.runner import run_everything_due
from shop.notifications.models import Notification
from tests.factories import orders as made
from tests.factories.complaints import make_complaint
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
STEPS = {
    "acknowledged": lambda pk: acknowledge_complaint(complaint_id=pk, at=NOON, by="sam"),
    "resolved": lambda pk: resolve_complaint(complaint_id=pk, text="Done.", at=NOON, by="sam"),
    "closed": lambda pk: close_complaint(complaint_id=pk, at=NOON, by_complainant=False),
    "reopened": lambda pk: reopen_complaint(complaint_id=pk, at=NOON, by="sam"),
}


def letters(**facts) -> list[str]:
    while run_everything_due():
        pass
    return list(
        Notification.objects.filter(channel="email", kind__startswith="complaint", **facts).order_by("pk")
        .values_list("kind", flat=True)
    )  # fmt: skip


def events() -> list[str]:
    return list(OutboxEvent.objects.filter(name__startswith="complaint.").order_by("pk").values_list("name", flat=True))


def everything() -> tuple:
    return (list(Complaint.objects.order_by("pk").values()), list(ComplaintMessage.objects.order_by("pk").values()),
            events())  # fmt: skip


def test_both_deadlines_of_the_law_run_from_receipt():
    complaint = make_complaint(at=NOON)
    assert complaint.number == f"C-{complaint.pk + 1000}"
    assert complaint.acknowledge_by == NOON + timedelta(hours=48)
    assert complaint.resolve_by == datetime(2026, 2, 28, 12, tzinfo=UTC)  # within one month, not 30 days
    assert complaint.due_at == complaint.acknowledge_by
    assert acknowledge_complaint(complaint_id=complaint.pk, at=NOON, by="sam").due_at == complaint.resolve_by


def test_a_month_is_never_longer_than_the_calendars():
    assert a_month_after(datetime(2026, 12, 15, tzinfo=UTC)) == datetime(2027, 1, 15, tzinfo=UTC)
    assert a_month_after(datetime(2028, 1, 30, tzinfo=UTC)) == datetime(2028, 2, 29, tzinfo=UTC)
    late = datetime(2026, 1, 30, 20, tzinfo=UTC)  # the 31st already where the shop is
    assert a_month_after(late) == datetime(2026, 2, 27, 20, tzinfo=UTC)
    words = _words(make_complaint(at=late))
    assert (words["acknowledge_by"], words["resolve_by"]) == ("2 February, 1:30 am", "Saturday, 28 February")


def test_who_complains_is_told_number_and_days_at_once_and_then_each_answer():
    complaint = make_complaint()
    assert letters() == ["complaint_received"]
    letter = Notification.objects.get(kind="complaint_received")
    assert complaint.number in letter.subject and complaint_token(complaint) not in letter.message + letter.html
    reply_to_complaint(complaint_id=complaint.pk, text="Which half {number} broke?", at=timezone.now(), by="sam")
    resolve_complaint(complaint_id=complaint.pk, text="A new one leaves today.", at=timezone.now(), by="sam")
    assert letters() == ["complaint_received", "complaint_replied", "complaint_resolved"]
    replied = Notification.objects.get(kind="complaint_replied")
    assert "Which half {number} broke?" in replied.message  # the words of people are no template
    write_message(complaint_id=complaint.pk, text="It did not come.", at=timezone.now())
    assert letters()[3:] == ["complaint_received"]
    assert events() == [
        "complaint.opened", "complaint.acknowledged", "complaint.replied", "complaint.resolved", "complaint.written",
        "complaint.reopened",
    ]  # fmt: skip


def test_a_no_to_the_answer_opens_it_again_with_new_deadlines():
    complaint = make_complaint(status="resolved", at=NOON - timedelta(days=20))
    assert complaint.due_at is None
    write_message(complaint_id=complaint.pk, text="It broke again.", at=NOON)
    complaint.refresh_from_db()
    assert (complaint.status, complaint.acknowledged_at, complaint.resolved_at) == ("reopened", None, None)
    assert complaint.due_at == complaint.acknowledge_by == NOON + timedelta(hours=48)


@pytest.mark.parametrize("status", ["open", "acknowledged", "resolved", "closed"])
@pytest.mark.parametrize("step", list(STEPS))
def test_staff_move_it_along_the_table_only(status, step):
    complaint = make_complaint(status=status)
    before = everything()
    allowed = rules.BY_STAFF[status]
    if step in allowed:
        STEPS[step](complaint.pk)
        assert Complaint.objects.get().status == step
    elif step == status:
        STEPS[step](complaint.pk)
        assert everything() == before
    else:
        with pytest.raises(WrongStage) as refused:
            STEPS[step](complaint.pk)
        assert refused.value.members["allowed"] == sorted(allowed)
        assert everything() == before


def test_its_complainant_withdraws_one_that_staff_must_not_close():
    complaint = make_complaint()
    close_complaint(complaint_id=complaint.pk, at=NOON, by_complainant=True)
    assert Complaint.objects.get().status == "closed"


def test_nothing_is_written_to_a_closed_one():
    complaint = make_complaint(status="closed")
    before = everything()
    for write in (
        lambda: write_message(complaint_id=complaint.pk, text="Hello?", at=NOON),
        lambda: reply_to_complaint(complaint_id=complaint.pk, text="Hello?", at=NOON, by="sam"),
    ):
        with pytest.raises(ComplaintClosed):
            write()
    assert everything() == before


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"text": "  \0 "}, "text"), ({"text": "x" * 4001}, "text"), ({"kind": "love"}, "kind"), ({"email": ""}, "email")],
)
def test_what_cannot_be_a_complaint_is_refused(facts, field):
    who = Complainant(None, facts.pop("email", "guest@example.com"), "en")
    with pytest.raises(Invalid) as refused:
        open_complaint(who=who, **({"kind": "product", "text": "Broken", "at": NOON} | facts))
    assert list(refused.value.errors) == [field] and everything() == ([], [], [])


def test_an_order_is_joined_where_it_is_theirs_and_kept_as_typed_where_not():
    """Told alike, so that nobody learns which address bought what."""
    order = made.make_order(email="Guest@example.com")
    assert make_complaint(about=order.number.lower()).order == order
    strange = make_complaint(about=order.number, email="thief@example.com")
    assert (strange.order, strange.about) == (None, order.number)
    with pytest.raises(Invalid):
        make_complaint(user=make_user("asha"), about=order.number)


def test_support_is_warned_of_each_deadline_once_and_of_no_other():
    make_user("sam", role="support"), make_user("maya", role="merchandiser")
    complaint = make_complaint(at=NOON)
    make_complaint(at=NOON, status="resolved")
    assert warn_of_deadlines(at=NOON + timedelta(hours=35)) == 0
    assert warn_of_deadlines(at=NOON + timedelta(hours=37)) == 1
    assert warn_of_deadlines(at=NOON + timedelta(hours=60)) == 0  # told already, the list shows it
    acknowledge_complaint(complaint_id=complaint.pk, at=NOON + timedelta(hours=40), by="sam")
    assert warn_of_deadlines(at=complaint.resolve_by - timedelta(days=4)) == 0
    assert warn_of_deadlines(at=complaint.resolve_by - timedelta(days=2)) == 1
    told = Notification.objects.filter(kind="complaint_due", channel="in_app")
    assert list(told.values_list("recipient__username", flat=True)) == ["sam", "sam"]


def test_an_answer_that_nobody_questions_closes_after_two_weeks():
    make_complaint(at=NOON, status="resolved"), make_complaint(at=NOON)
    assert close_settled(at=NOON + timedelta(days=13)) == 0
    assert close_settled(at=NOON + timedelta(days=14)) == 1
    assert sorted(Complaint.objects.values_list("status", flat=True)) == ["closed", "open"]


def test_a_person_takes_away_what_is_theirs_and_leaves_nothing_behind():
    asha = make_user("asha")
    complaint = make_complaint(user=asha)
    make_complaint(user=make_user("kabir"))
    write_message(complaint_id=complaint.pk, text="It is still broken", at=NOON)
    [told] = everything_of(asha)["complaints"]
    assert told["number"] == complaint.number and told["messages"][0]["text"] == "It is still broken"
    close_account(user=asha, at=timezone.now())
    complaint.refresh_from_db()
    assert (complaint.status, complaint.text, complaint.email) == ("closed", "", "")
    assert complaint.messages.get().text == ""
    assert Complaint.objects.exclude(pk=complaint.pk).get().text


def test_the_database_knows_that_what_is_unanswered_is_due():
    complaint = make_complaint()
    for facts in ({"due_at": None}, {"status": "resolved"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Complaint.objects.filter(pk=complaint.pk).update(**facts)


def test_what_is_not_there_is_not_there():
    with pytest.raises(NotThere):
        acknowledge_complaint(complaint_id=1, at=NOON, by="sam")
