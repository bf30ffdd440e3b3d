"""Scheduled drafts go live and expired content goes offline: products, brands, pages, everything with drafts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import InterfaceError, OperationalError, models, transaction
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision

from shop.core.errors import Refusal

logger = logging.getLogger(__name__)
FAILED = "catalog.schedule_failed"


def publish_due(*, at: datetime) -> int:
    """Do what was due by `at`; returns how many succeeded. One failure stops no other.

    A draft that cannot be published loses its date, with the reason in its history, and stays a draft. Locks: one
    revision or object at a time, skipping those that somebody else has.
    """
    done = sum(_expire(model, pk, at) for model in _drafted_models() for pk in _expired(model, at))
    due = Revision.objects.filter(approved_go_live_at__lte=at).order_by("approved_go_live_at", "pk")
    return done + sum(_publish(pk, at) for pk in list(due.values_list("pk", flat=True)))


def _drafted_models() -> list[type[models.Model]]:
    others = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    return [Page, *others]


def _expired(model: type[models.Model], at: datetime) -> list:
    due = model._default_manager.filter(live=True, expire_at__lte=at).order_by("expire_at")
    return list(due.values_list("pk", flat=True))


def _expire(model: type[models.Model], pk: object, at: datetime) -> bool:
    def unpublish() -> bool:
        due = model._default_manager.filter(pk=pk, live=True, expire_at__lte=at)
        found = due.select_for_update(skip_locked=True, of=("self",)).first()
        if found is None:
            return False
        draftable: Any = found.specific if isinstance(found, Page) else found
        draftable.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        return True

    return _attempt(unpublish, f"{model._meta.label} {pk} could not be unpublished")[0]


def _publish(pk: int, at: datetime) -> bool:
    def publish() -> bool:
        due = Revision.objects.filter(pk=pk, approved_go_live_at__lte=at)
        revision = due.select_for_update(skip_locked=True, of=("self",)).first()
        if revision is None:
            return False
        revision.publish(log_action="wagtail.publish.scheduled")
        return True

    done, problem = _attempt(publish, f"revision {pk} could not be published")
    if problem is not None:
        _cancel(pk, problem)
    return done


def _attempt(work: Callable[[], bool], complaint: str) -> tuple[bool, Exception | None]:
    try:
        with transaction.atomic():
            return work(), None
    except (OperationalError, InterfaceError):  # the database, not the draft: the next round tries again
        logger.exception(complaint)
        return False, None
    except Exception as problem:  # whatever is wrong with one draft must not hold up the others
        logger.exception(complaint)
        return False, problem


def _cancel(pk: int, problem: Exception) -> None:
    reason = _reason(problem)
    with transaction.atomic():
        revision = Revision.objects.select_for_update(of=("self",)).get(pk=pk)
        Revision.objects.filter(pk=pk).update(approved_go_live_at=None)
        target = revision.content_object
        if target is not None:
            log(instance=target, action=FAILED, revision=revision, data={"reason": reason[:500]})


def _reason(problem: Exception) -> str:
    if not isinstance(problem, Refusal):
        return f"{type(problem).__name__}: {problem}"
    fields = [entry["field"] for entry in problem.members.get("conflicts", ())]
    messages = [str(line) for lines in problem.errors.values() for line in lines]
    return "; ".join([str(problem.detail), *messages, *fields])
