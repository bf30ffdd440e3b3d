from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.product.merge import LISTS, VARIANTS
from catalog.product.models import Product
from catalog.product.selectors import content_row
from shop.core.db import lock_in_order
from shop.core.errors import Conflict

SHARED_FIELDS = ("brand_id", "tax_class_id", "seller_id", "attributes", "related")


def make_source(*, product_id: int, locale: str, by: Any = None) -> Product:
    """Make a translation the language that carries variants, prices, pictures and shelves from now on.

    The live rows stay as they are. Both languages must be live and without waiting drafts, else Conflict. Raises
    NotThere. Locks: the product's rows by primary key, then what `Product.publish` locks.
    """
    with transaction.atomic():
        lock_in_order(Product.objects.filter(core_id=product_id))
        old, new = content_row(product_id), content_row(product_id, locale)
        if new.is_source:
            return new
        _refuse_unsettled(old, new)
        _move_shared(old, new)
        revision = new.save_revision(user=by, log_action=True)
        new.publish(revision, user=by, skip_permission_checks=True)
    return Product.objects.get(pk=new.pk)


def _refuse_unsettled(*rows: Product) -> None:
    if not all(row.live and not row.has_unpublished_changes and not row.scheduled_revision for row in rows):
        raise Conflict(_("Publish both languages first; neither may have a draft waiting."), code="drafts_waiting")


def _move_shared(old: Product, new: Product) -> None:
    for name in SHARED_FIELDS:
        setattr(new, name, getattr(old, name))
    Product.objects.filter(pk=old.pk).update(is_source=False)
    Product.objects.filter(pk=new.pk).update(is_source=True, **{name: getattr(old, name) for name in SHARED_FIELDS})
    for relation in (*LISTS, VARIANTS):
        getattr(Product, relation).rel.related_model.objects.filter(product=old).update(product=new)
    empty = {name: Product._meta.get_field(name).get_default() for name in SHARED_FIELDS if not name.endswith("_id")}
    Product.objects.filter(pk=old.pk).update(brand=None, tax_class=None, seller=None, **empty)
    new.refresh_from_db()
