"""What Wagtail's signals would have done for rows that were inserted in bulk."""

from __future__ import annotations

from django.apps import apps
from django.db import transaction
from django_tasks import task
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backends_with_name


@task()
def index_rows(model: str, pks: list[int]) -> None:
    """Put rows of a model (`product.Product`) into the admin's search and into the index of references."""
    rows = list(apps.get_model(model)._default_manager.filter(pk__in=pks).order_by("pk"))
    if not rows:
        return
    with transaction.atomic():
        for _name, backend in get_search_backends_with_name(with_auto_update=True):
            backend.add_bulk(type(rows[0]), rows)
        for row in rows:
            ReferenceIndex.create_or_update_for_object(row)
