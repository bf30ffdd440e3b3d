"""A program changes some fields: they, and nothing else, reach the live product and a pending or scheduled draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Revision, TaskState

from catalog.product.inputs import ProductInput
from catalog.product.merge import Content
from catalog.product.models import DraftBase, Product, ProductCore
from catalog.product.models.drafting import snapshot
from catalog.product.selectors import content_row
from catalog.product.services.refuse_taken_slug import refuse_taken_slug
from catalog.product.services.write_fields import resolve_variants, write_fields
from shop.core.errors import Invalid


def change_product(
    *,
    product_id: int,
    fields: ProductInput,
    by: Any = None,
    locale: str = "",
    draft: bool = False,
    publish: bool | None = None,
) -> ProductCore:
    """Change the named fields. Prices in paise.

    A live product is changed at once, and its pending or scheduled draft alike. `draft=True` changes the draft only.
    What is not live is published if it never was and has no date, left as a draft if it was taken off sale;
    `publish` decides otherwise. Raises NotThere, Invalid (SkuTaken, NotPublishable), DraftConflict, with nothing
    written. Locks: the product's row, then what `Product.publish` locks.
    """
    with transaction.atomic():
        row = content_row(product_id, locale, lock=True)
        if row.live and not draft:
            _change_live(row, fields, by)
        else:
            _change_draft(row, fields, by, publish=_is_to_publish(row, publish) and not draft, draft_only=draft)
    return ProductCore.objects.get(pk=product_id)


def _is_to_publish(row: Product, publish: bool | None) -> bool:
    return (row.last_published_at is None and not row.scheduled_revision) if publish is None else publish


def _change_live(row: Product, fields: ProductInput, by: Any) -> None:
    waiting = _waiting_drafts(row)
    resolved = resolve_variants(product=row, fields=fields)
    changed = Product.objects.get(pk=row.pk)
    write_fields(product=changed, fields=resolved)
    changed.apart_from_drafts = True
    revision = _save_revision(changed, user=by, log_action=True)
    changed.publish(revision, user=by, skip_permission_checks=True, keep_workflow=bool(waiting))
    fresh: dict[int, Revision] = {}
    for pending, due_at in waiting:
        fresh[pending.pk] = _carry_over(pending, due_at, resolved, fresh)


def _waiting_drafts(row: Product) -> list[tuple[Revision, datetime | None]]:
    """The scheduled revision and the latest draft, oldest first, with the date each waits for."""
    waiting = row.revisions.filter(approved_go_live_at__isnull=False)
    if row.has_unpublished_changes:
        waiting = waiting | row.revisions.filter(pk=row.latest_revision_id)
    return [(revision, revision.approved_go_live_at) for revision in waiting.order_by("created_at", "pk")]


def _carry_over(
    pending: Revision, due_at: datetime | None, fields: ProductInput, carried: dict[int, Revision]
) -> Revision:
    """Repeat the change on a draft and on the base it was begun from, so that it is neither lost nor a conflict."""
    content = _changed_content(pending.content, pending, fields)
    old = DraftBase.objects.filter(revision=pending).first()
    product = Product.objects.get(pk=pending.object_id)
    draft = product.with_content_json(content)
    draft.apart_from_drafts = True
    fresh = draft.save_revision(user=pending.user, approved_go_live_at=due_at, clean=False)
    new = DraftBase.objects.get(revision=fresh)
    if old and old.content is not None:
        new.content = _changed_content(old.content, pending, fields)
    if old and old.begun_from_id in carried:
        new.begun_from = carried[old.begun_from_id]
    new.save()
    TaskState.objects.filter(revision=pending, status=TaskState.STATUS_IN_PROGRESS).update(revision=fresh)
    return fresh


def _changed_content(content: Content, pending: Revision, fields: ProductInput) -> Content:
    product = Product.objects.get(pk=pending.object_id).with_content_json(content)
    write_fields(product=product, fields=fields)
    return snapshot(product)


def _change_draft(row: Product, fields: ProductInput, by: Any, *, publish: bool, draft_only: bool) -> None:
    scheduled = row.scheduled_revision
    product = row.get_latest_revision_as_object()
    write_fields(product=product, fields=resolve_variants(product=product, fields=fields))
    if publish:
        product.go_live_at = None
    refuse_taken_slug(product=product)
    if not row.live:
        product.save()
    keeps_date = scheduled and not publish and not draft_only
    due_at = scheduled.approved_go_live_at if keeps_date else None
    revision = _save_revision(product, user=by, log_action=True, approved_go_live_at=due_at)
    if keeps_date:
        row.revisions.exclude(pk=revision.pk).update(approved_go_live_at=None)
    if publish:
        product.publish(revision, user=by, skip_permission_checks=True)


def _save_revision(product: Product, **kwargs: Any) -> Revision:
    refuse_taken_slug(product=product)
    try:
        return product.save_revision(**kwargs)
    except ValidationError as refused:
        raise Invalid(errors=refused.message_dict) from refused
