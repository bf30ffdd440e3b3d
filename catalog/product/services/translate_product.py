from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from catalog.product.models import Product
from catalog.product.selectors import content_row, free_slug
from shop.core.errors import Conflict, Invalid


def translate_product(*, product_id: int, locale: str, by: Any = None) -> Product:
    """Begin a translation: a draft with the source's texts, the same core, and nothing of what languages share.

    Raises NotThere, Invalid (no such language), Conflict (it exists already). Locks: the source's row.
    """
    with transaction.atomic():
        source = content_row(product_id, lock=True)
        language = Locale.objects.filter(language_code=locale).first()
        if language is None:
            raise Invalid(errors={"locale": [_("There is no such language.")]})
        if source.has_translation(language):
            raise Conflict(_("This product has that translation already."), code="translation_exists")
        copy = source.copy_for_translation(language)
        copy.slug = free_slug(source.slug, locale_id=language.pk)
        copy.save()
        copy.save_revision(user=by, log_action="wagtail.copy_for_translation", clean=False)
    return copy
