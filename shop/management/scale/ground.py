"""What a made-up catalogue stands on: shelves, makers, attributes, taxes, pictures. Found again by a second run."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from itertools import product as pairs

from wagtail.models import Locale, Page

from catalog.listing.images import make_renditions
from catalog.listing.services.refresh_shelves import refresh_shelves
from catalog.pricing.models import TaxRate
from catalog.product.models import Attribute, AttributeValue, Brand, CategoryPage, TaxClass
from catalog.product.rules import slug_of
from checkout.shipping.models import ShippingMethod
from cms_pages.models import Frame, HomePage
from shop.management.demo.pages import make_homes
from shop.management.demo.pictures import picture
from shop.management.demo.shipping import make_shipping
from shop.management.scale import words
from shop.management.scale.products import Ground
from shop.management.scale.words import DEPARTMENTS, TAX_BASIS_POINTS

LONG_AGO = datetime(2017, 7, 1, tzinfo=UTC)


def lay_ground() -> Ground:
    """Make what is missing of it. The sizes of its pictures are made at once, so that no card waits for them."""
    home = HomePage.objects.filter(locale=Locale.get_default()).first() or make_homes()["en"]
    shelves = _make_shelves(home)
    _make_frame(home)
    _make_attributes()
    if not ShippingMethod.objects.exists():
        make_shipping()
    refresh_shelves()
    return Ground(shelves, _make_brands(), _make_tax_classes(), _make_pictures())


def _make_shelves(home: Page) -> dict[str, int]:
    """Without revisions and events: the caller shows all shelves together."""
    found = {}
    for department in DEPARTMENTS:
        above = _shelf(home, department.title, default_sort=CategoryPage.Sort.POPULAR)
        for shelf in department.shelves:
            found[shelf] = _shelf(above, shelf.split("|")[0], default_sort=CategoryPage.Sort.NEWEST).pk
    return found


def _shelf(above: Page, title: str, **fields: str) -> CategoryPage:
    slug = f"all-{slug_of(title)}"
    known = CategoryPage.objects.filter(slug=slug, locale=Locale.get_default()).first()
    if known is not None:
        return known
    above.refresh_from_db()
    intro = f"<p>{title}: made by hand all over India, in small batches.</p>"
    page = CategoryPage(title=title, slug=slug, locale=Locale.get_default(), intro=intro, **fields)
    return above.add_child(instance=page)


def _make_frame(home: Page) -> None:
    """Navigation to the departments, unless the shop has a frame."""
    if Frame.objects.exists():
        return
    tops = CategoryPage.objects.child_of(home).order_by("path")
    links = [{"type": "link", "value": {"text": page.title, "page": page.pk}, "id": str(uuid.uuid4())} for page in tops]
    column = {"type": "column", "value": {"title": "Shop", "links": [link["value"] for link in links[:8]]}}
    Frame.objects.create(
        name="Frame", locale=Locale.get_default(), navigation=json.dumps(links[:8]), columns=json.dumps([column])
    )


def _make_brands() -> tuple[int, ...]:
    names = [f"{place} {craft}" for craft, place in pairs(words.CRAFTS, words.PLACES)]
    rows = [
        Brand(name=name, slug=slug_of(name), place=name.split()[0], since=2012 + number % 12,
              story=f"<p>{name} has worked with its hands since before there were shops to sell to.</p>")
        for number, name in enumerate(names)
    ]  # fmt: skip
    Brand.objects.bulk_create(rows, ignore_conflicts=True)
    ids = dict(Brand.objects.filter(name__in=names).values_list("name", "pk"))
    return tuple(ids[name] for name in names)


def _make_tax_classes() -> dict[str, int]:
    made = {}
    for code, basis_points in TAX_BASIS_POINTS.items():
        tax_class = TaxClass.objects.get_or_create(code=f"all-{code}", defaults={"name": code.capitalize()})[0]
        TaxRate.objects.get_or_create(tax_class=tax_class, valid_from=LONG_AGO, defaults={"basis_points": basis_points})
        made[code] = tax_class.pk
    return made


def _make_attributes() -> None:
    materials = sorted({material for department in DEPARTMENTS for material in department.materials})
    colors = {name: (name.capitalize(), swatch) for name, swatch in words.COLORS.items()}
    _make_attribute("color", "Color", Attribute.Type.COLOR, colors, is_option=True)
    _make_attribute("size", "Size", Attribute.Type.CHOICE, _labelled(words.SIZES), is_option=True)
    _make_attribute(
        "material", "Material", Attribute.Type.CHOICE, {slug_of(m): (m.capitalize(), "") for m in materials}
    )
    _make_attribute("care", "Care", Attribute.Type.CHOICE, _labelled(words.CARE))


def _labelled(texts: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {value: (label, "") for value, label in texts.items()}


def _make_attribute(code: str, name: str, kind: str, values: dict[str, tuple[str, str]], *, is_option=False) -> None:
    fields = {"name": name, "type": kind, "is_option": is_option, "is_filterable": True}
    attribute = Attribute.objects.get_or_create(code=code, defaults=fields)[0]
    rows = [
        AttributeValue(attribute=attribute, value=value, label=label, swatch=swatch, sort_order=order)
        for order, (value, (label, swatch)) in enumerate(values.items())
    ]
    AttributeValue.objects.bulk_create(rows, ignore_conflicts=True)


def _make_pictures() -> dict[str, int]:
    made = {name: picture(f"{name}.webp").pk for department in DEPARTMENTS for name in department.pictures}
    for image_id in made.values():
        make_renditions(image_id)
    return made
