"""E1 to E3: every committed change is told at least once and applied once; poison is parked and the others go on."""

from __future__ import annotations

import signal
import threading
from datetime import timedelta

import psycopg2
import pytest
from django.db import connection, transaction
from django.utils import timezone

from shop.core.housekeeping import forget_old_events
from shop.core.outbox import relay
from shop.core.outbox.forget_told import forget_told
from shop.core.outbox.models import Delivery, OutboxEvent
from shop.core.tasks.runner import run_everything_due
from tests.core import children
from tests.core.happenings import happen, subscribed, write_down, written_down
from tests.threads import at_once

pytestmark = pytest.mark.postgres_race


def waiting() -> int:
    return OutboxEvent.objects.filter(relayed_at=None).count()


def fail_always(message) -> None:
    raise ValueError(f"cannot digest {message.payload['number']}")


def retry_now() -> None:
    Delivery.objects.filter(status=Delivery.Status.RETRY).update(next_attempt_at=timezone.now())


def test_an_event_commits_with_its_change(own_database):
    with subscribed(write_down):
        with transaction.atomic():
            happen(1)
        assert waiting() == 1
        relay.relay_due()
        assert len(written_down()) == 1
        assert waiting() == 0


def test_a_rollback_takes_its_event_back(own_database):
    with subscribed(write_down), pytest.raises(RuntimeError), transaction.atomic():
        happen(1)
        raise RuntimeError
    assert OutboxEvent.objects.count() == 0
    assert relay.relay_due() == 0


def test_an_event_outside_of_a_transaction_is_refused(own_database):
    with pytest.raises(transaction.TransactionManagementError):
        happen(1)
    assert OutboxEvent.objects.count() == 0


def test_two_relays_at_once_apply_each_event_once(own_database):
    with subscribed(write_down):
        with transaction.atomic():
            for number in range(30):
                happen(number)
        at_once([relay.relay_due] * 4)
        relay.relay_due()
        assert written_down() == sorted(OutboxEvent.objects.values_list("pk", flat=True))
        assert waiting() == 0


def test_a_second_relay_does_not_wait_for_the_first(own_database):
    inside, finish = threading.Event(), threading.Event()

    def take_long(message) -> None:
        inside.set()
        finish.wait(20)

    with subscribed(take_long):
        with transaction.atomic():
            happen(1)
        first = threading.Thread(target=lambda: at_once([relay.relay_due]))
        first.start()
        assert inside.wait(20)
        assert relay.relay_due() == 0  # returns at once, with the first one still inside
        finish.set()
        first.join(20)
        assert waiting() == 0


def test_an_event_that_commits_late_with_a_smaller_id_is_not_lost(own_database):
    """A poller that asks for `id > last` loses it."""
    began, may_commit = threading.Event(), threading.Event()

    def commit_late() -> None:
        with transaction.atomic():
            happen(1)
            began.set()
            may_commit.wait(20)

    with subscribed(write_down):
        slow = threading.Thread(target=lambda: at_once([commit_late]))
        slow.start()
        assert began.wait(20)
        with transaction.atomic():
            happen(2)
        relay.relay_due()
        assert len(written_down()) == 1
        may_commit.set()
        slow.join(20)
        relay.relay_due()
        assert written_down() == sorted(OutboxEvent.objects.values_list("pk", flat=True))
        assert len(written_down()) == 2


def test_poison_is_parked_with_its_reason_and_the_others_go_on(own_database):
    def fail_on_one(message) -> None:
        if message.payload["number"] == 1:
            fail_always(message)
        write_down(message)

    with subscribed(fail_on_one):
        with transaction.atomic():
            happen(1)
            happen(2)
        relay.relay_due()
        assert len(written_down()) == 1
        for _ in range(relay.MAX_ATTEMPTS):
            retry_now()
            relay.relay_due()
        parked = Delivery.objects.get(status=Delivery.Status.PARKED)
        assert parked.error == "ValueError: cannot digest 1"
        assert parked.attempts == relay.MAX_ATTEMPTS
        assert len(written_down()) == 1
        assert waiting() == 0


def test_many_failing_events_do_not_hold_up_new_ones(own_database):
    with transaction.atomic():
        for number in range(10):
            happen(number)
    with subscribed(fail_always):
        began = timezone.now()
        relay.relay_due()
        assert Delivery.objects.filter(status=Delivery.Status.RETRY, next_attempt_at__gt=began).count() == 10
    Delivery.objects.update(next_attempt_at=timezone.now() + timedelta(hours=1))  # the first pause is of two seconds
    with transaction.atomic():
        happen(99)
    with subscribed(write_down):
        relay.relay_due(limit=5)
    assert written_down() == [OutboxEvent.objects.get(aggregate="kernel:99").pk]


def test_a_failing_subscriber_leaves_nothing_behind_and_no_other_waits_for_it(own_database):
    def write_then_fail(message) -> None:
        write_down(message)
        fail_always(message)

    with subscribed(write_then_fail):
        with transaction.atomic():
            happen(1)
        relay.relay_due()
        assert written_down() == []
    with subscribed(write_down, write_then_fail):
        retry_now()
        relay.relay_due()
        assert len(written_down()) == 1


def test_replaying_everything_changes_nothing(own_database):
    with subscribed(write_down):
        with transaction.atomic():
            happen(1)
            happen(2)
        relay.relay_due()
        before = written_down()
        OutboxEvent.objects.update(relayed_at=None)
        assert relay.relay_due() == 2
        assert written_down() == before


def test_the_inbox_is_what_makes_it_once(own_database):
    """The control: without the delivery rows a replay does apply the event again."""
    with subscribed(write_down):
        with transaction.atomic():
            happen(1)
        relay.relay_due()
        Delivery.objects.all().delete()
        OutboxEvent.objects.update(relayed_at=None)
        relay.relay_due()
        assert len(written_down()) == 2


def test_a_prompt_subscriber_has_run_when_the_block_ends(own_database):
    with subscribed(write_down, prompt=True):
        with transaction.atomic():
            happen(1)
            assert written_down() == []
        assert len(written_down()) == 1
        relay.relay_due()
        assert len(written_down()) == 1


def test_a_prompt_subscriber_that_fails_does_not_reach_the_caller(own_database):
    with subscribed(fail_always, prompt=True), transaction.atomic():
        happen(1)
    assert waiting() == 1
    with subscribed(write_down):
        Delivery.objects.all().delete()
        relay.relay_due()
    assert len(written_down()) == 1


def test_killed_between_commit_and_relay_it_is_told_afterwards(own_database):
    child = children.run(
        """
with subscribed(lambda message: os.kill(os.getpid(), signal.SIGKILL), prompt=True):
    with transaction.atomic():
        happen(1)
"""
    )
    assert child.returncode == -signal.SIGKILL
    assert waiting() == 1
    with subscribed(write_down):
        run_everything_due()
    assert len(written_down()) == 1


def test_killed_while_a_subscriber_runs_it_runs_again(own_database):
    child = children.run(
        """
def write_and_die(message):
    write_down(message)
    os.kill(os.getpid(), signal.SIGKILL)
from shop.core.outbox import relay
with subscribed(write_and_die):
    with transaction.atomic():
        happen(1)
    relay.relay_due()
"""
    )
    assert child.returncode == -signal.SIGKILL
    assert written_down() == []
    with subscribed(write_down):
        relay.relay_due()
    assert len(written_down()) == 1


def test_old_events_are_forgotten_and_what_waits_or_is_parked_never(own_database):
    with transaction.atomic():
        for number in (1, 2, 3, 4):
            happen(number)
    told, young, parked, waits = OutboxEvent.objects.order_by("pk")
    with subscribed(write_down):
        relay.relay_due()
    now = timezone.now()
    OutboxEvent.objects.update(relayed_at=now - timedelta(days=31))
    OutboxEvent.objects.filter(pk=young.pk).update(relayed_at=now - timedelta(days=29))
    OutboxEvent.objects.filter(pk=waits.pk).update(relayed_at=None)
    Delivery.objects.filter(event=parked).update(status=Delivery.Status.PARKED)
    forget_old_events()
    assert set(OutboxEvent.objects.values_list("pk", flat=True)) == {young.pk, parked.pk, waits.pk}
    assert not Delivery.objects.filter(event=told).exists()
    assert forget_told(before=now, limit=1) == 1


def test_the_database_refuses_a_second_delivery(own_database):
    with subscribed(write_down):
        with transaction.atomic():
            happen(1)
        relay.relay_due()
    with connection.cursor() as cursor, pytest.raises(Exception, match="delivery_once") as refusal:
        cursor.execute(
            "INSERT INTO outbox_delivery (event_id, consumer, status, attempts, error, updated_at)"
            " SELECT event_id, consumer, 'done', 0, '', now() FROM outbox_delivery"
        )
    assert isinstance(refusal.value.__cause__, psycopg2.errors.UniqueViolation)
