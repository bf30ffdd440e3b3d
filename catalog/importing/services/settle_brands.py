from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.text import slugify

from catalog.importing.keys import digest_parts
from catalog.product.models import Brand

LONGEST_NAME = Brand._meta.get_field("name").max_length or 0
LONGEST_SLUG = Brand._meta.get_field("slug").max_length or 0


def settle_brands(*, names: Iterable[str], at: datetime) -> tuple[dict[str, int], list[int]]:
    """Ids of brands by name, made where there is none of exactly that name; and the ids of those that were made.
    Names longer than a brand's may be are missing from the answer."""
    wanted = {name for name in names if name and len(name) <= LONGEST_NAME}
    known = dict(Brand.objects.filter(name__in=wanted).values_list("name", "pk"))
    missing = sorted(wanted - known.keys())
    made = Brand.objects.bulk_create(_brand(name, slug, at) for name, slug in _free_slugs(missing).items())
    return known | {brand.name: brand.pk for brand in made}, [brand.pk for brand in made]


def _brand(name: str, slug: str, at: datetime) -> Brand:
    return Brand(name=name, slug=slug, live=True, first_published_at=at, last_published_at=at)


def _free_slugs(names: list[str]) -> dict[str, str]:
    wanted = {name: (slugify(name) or slugify(name, allow_unicode=True))[:LONGEST_SLUG].strip("-") for name in names}
    taken = set(Brand.objects.filter(slug__in=set(wanted.values())).values_list("slug", flat=True)) | {""}
    for name, slug in wanted.items():
        if slug in taken:
            wanted[name] = slug = f"{slug[: LONGEST_SLUG - 11]}-{digest_parts(name)[:10].lower()}".strip("-")
        taken.add(slug)
    return wanted
