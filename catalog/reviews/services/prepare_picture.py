from __future__ import annotations

import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from catalog.listing import surrogates
from catalog.reviews.models import ReviewPicture
from catalog.reviews.pictures import BAD, Made, made_anew

logger = logging.getLogger(__name__)


def prepare_picture(*, picture_id: int) -> None:
    """Make what is shown of an uploaded picture, and forget what was uploaded. Takes seconds of CPU: for tasks only.
    Again: no effect. One that cannot be read after all is dropped."""
    picture = ReviewPicture.objects.filter(pk=picture_id, original__isnull=False).select_related("review").first()
    if picture is None:
        return
    try:
        made = made_anew(bytes(picture.original or b""))
    except BAD as error:
        logger.warning("picture %s of review %s cannot be read: %s", picture.pk, picture.review_id, error)
        picture.delete()
        return
    _keep(picture, made)
    surrogates.bump([f"prod-{picture.review.core_id}"])


def _keep(picture: ReviewPicture, made: Made) -> None:
    names = {
        size: default_storage.save(f"reviews/{picture.key.hex}-{size}.webp", ContentFile(content))
        for size, content in (("large", made.large), ("small", made.small))
    }
    facts = {"width": made.width, "height": made.height, "original": None}
    if not ReviewPicture.objects.filter(pk=picture.pk).update(**names, **facts):  # withdrawn meanwhile
        for name in names.values():
            default_storage.delete(name)
