from __future__ import annotations

from functools import cache

from django.core.files.images import ImageFile
from wagtail.images import get_image_model
from wagtail.models import Collection

from shop.management.demo.content import FOLDER


@cache
def picture(name: str, title: str = ""):
    """A picture of `demo/pictures` as an image of the shop, uploaded at first use."""
    model = get_image_model()
    known = model.objects.filter(file__endswith=f"/{name}").first()
    if known is not None:
        return known
    with (FOLDER / "pictures" / name).open("rb") as handle:
        image = model(title=title or name.removesuffix(".webp").replace("-", " ").capitalize())
        image.collection = Collection.get_first_root_node()
        image.file = ImageFile(handle, name=name)
        image.save()
    return image
