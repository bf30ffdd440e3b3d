"""How drafts of a product meet what happened since they were begun. Called by `Product`, with its row locked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Revision
from wagtail.signals import published

from catalog.product.errors import DraftConflict
from catalog.product.merge import SHARED, Content, Merged, merge
from catalog.product.models.draft import DraftBase

if TYPE_CHECKING:
    from catalog.product.models.product import Product


class PublishBesideWorkflow(PublishRevisionAction):
    """Publish one revision while another one stays in moderation."""

    def _after_publish(self) -> None:
        published.send(sender=type(self.object), instance=self.object, revision=self.revision)


def snapshot(product: Product) -> Content:
    """Everything a revision would hold of this object, as plain JSON."""
    return plain(product.serializable_data())


def plain(content: Content) -> Content:
    """As the database gives it back: a revision that was just made still holds dates as objects."""
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def apply_content(product: Product, content: Content) -> None:
    """Set the merged fields and child rows of `content` on the object. Writes nothing."""
    other = type(product).from_serializable_data(content)
    for name in content:
        if name in {"pk", "core", "is_source", "locale", "translation_key"}:
            continue
        value = getattr(other, name)
        setattr(product, name, list(value.all()) if hasattr(value, "get_object_list") else value)


def may_overwrite(row: Product, revision: Revision) -> bool:
    """Autosave writes over its own last revision, never over one that is or was live."""
    return revision.pk == row.latest_revision_id and revision.pk != row.live_revision_id


def take_in_newer(product: Product, row: Product) -> bool:
    """Merge what was saved since `product` was begun; True if anything had to be. Raises DraftConflict."""
    begun, tip = product.begun_from, row.latest_revision
    if (
        product.apart_from_drafts
        or begun is None
        or tip is None
        or (begun.pk, begun.created_at) == (tip.pk, tip.created_at)
    ):
        return False
    theirs = tip.content if row.has_unpublished_changes else snapshot(row)
    merged = merge(
        base=_known_content(begun), draft=snapshot(product), live=theirs, prefer_draft=product.overrule_newer
    )
    _refuse_conflicts(merged)
    apply_content(product, merged.content)
    return True


def _known_content(begun: Revision) -> Content:
    """The content of the revision as the form was opened on it; where autosave has written over it since, its base."""
    now = Revision.objects.get(pk=begun.pk)
    if now.created_at == begun.created_at:
        return now.content
    known = DraftBase.objects.filter(revision=now).first()
    return known.content if known and known.content else now.content


def remember_base(product: Product, row: Product, revision: Revision) -> None:
    """Note what a new draft was begun from. `row` is the product as it was before the draft was saved."""
    begun_from = row.live_revision if product.apart_from_drafts else row.latest_revision
    content = snapshot(row) if product.apart_from_drafts else _base_content(row)
    DraftBase.objects.create(revision=revision, begun_from=begun_from, content=content)


def _base_content(row: Product) -> Content | None:
    if row.last_published_at is None:
        return None
    known = DraftBase.objects.filter(revision_id=row.latest_revision_id).first()
    if known and (row.has_unpublished_changes or not row.live):
        return known.content
    return snapshot(row)


def merge_onto_live(row: Product, revision: Revision) -> Content:
    """Write into the draft what changed live since it was begun; returns what it held before.

    Raises DraftConflict. A translation is freed of what only the source language may carry.
    """
    own_content = revision.content = plain(revision.content)
    base = DraftBase.objects.filter(revision=revision).first()
    if row.last_published_at is not None and base is not None and base.content is not None:
        merged = merge(base=base.content, draft=own_content, live=snapshot(row))
        _refuse_conflicts(merged)
        revision.content = merged.content
        DraftBase.objects.filter(pk=base.pk).update(content=snapshot(row))
    if not row.is_source:
        revision.content = {**revision.content, **_without_shared(row)}
    if revision.content != own_content:
        revision.save(update_fields=["content"])
    revision.content_object = row  # its own copy may be older than the lock
    return own_content


def published_slug(row: Product, revision: Revision) -> str:
    """The slug under which the product was last seen; empty if it never was."""
    if row.live:
        return row.slug
    base = DraftBase.objects.filter(revision=revision).first()
    return ((base and base.content) or {}).get("slug", "")


def _without_shared(row: Product) -> dict[str, Any]:
    empty = type(row)(locale_id=row.locale_id).serializable_data()
    return plain({name: empty[name] for name in SHARED})


def note_published(revision: Revision, own_content: Content) -> None:
    """Drafts that grew from this revision now have it as their base: what it brought is not news to them."""
    DraftBase.objects.filter(revision=revision).update(content=revision.content)
    later = DraftBase.objects.filter(
        revision__base_content_type=revision.base_content_type_id,
        revision__object_id=revision.object_id,
        revision_id__gt=revision.pk,
    )
    known = {revision.pk}
    for draft_id, begun_id in later.order_by("revision_id").values_list("revision_id", "begun_from_id"):
        if begun_id in known:
            known.add(draft_id)
    later.filter(revision_id__in=known).update(content=own_content)


def _refuse_conflicts(merged: Merged) -> None:
    if merged.conflicts:
        raise DraftConflict(merged.conflicts)
