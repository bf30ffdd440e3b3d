"""Home, landing and reading pages with the frame around them, in English and Hindi."""

from __future__ import annotations

import json
import uuid
from typing import Any

from wagtail.models import Locale, Page, Site

from catalog.product.models import Brand, CategoryPage, Product, ProductCore
from checkout.complaint.models import GrievanceOfficer
from cms_pages.models import ContentPage, Frame, HomePage, LandingPage, ShopSettings
from shop.management.demo.content import LANGUAGES, read, told
from shop.management.demo.pictures import picture

ICONS = ("truck", "undo-2", "shield-check", "wallet")


def make_homes() -> dict[str, HomePage]:
    """A home page per language below Wagtail's root, in place of Wagtail's own welcome page."""
    root = Page.objects.get(depth=1)
    for welcome in root.get_children().exclude(slug__in=("home-en", "home-hi")):
        welcome.delete()
    root = Page.objects.get(depth=1)
    homes: dict[str, HomePage] = {}
    key = uuid.uuid4()
    for language in LANGUAGES:
        row = read("home")["home"]
        home = HomePage(
            title=told(row["title"], language), slug=f"home-{language}", locale=_locale(language), translation_key=key,
            seo_title=told(row["seo"]["title"], language), search_description=told(row["seo"]["description"], language),
        )  # fmt: skip
        root.add_child(instance=home)
        homes[language] = home
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "site_name": "Osari", "root_page": homes["en"]},
    )
    return homes


def _locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def fill_pages(homes: dict[str, HomePage], cores: dict[str, ProductCore], categories: dict[str, CategoryPage]) -> None:
    """Pages need products, links need pages: so all pages first, then all bodies, then the frame."""
    pages: dict[str, dict[str, Page]] = {}
    for row in read("home")["landing_pages"]:
        pages[row["slug"]] = _make_pages(LandingPage, row, homes)
    for row in read("home")["content_pages"]:
        pages[row["slug"]] = _make_pages(ContentPage, row, homes)
    targets = _Targets(cores, categories, {slug: versions["en"] for slug, versions in pages.items()})
    for language in LANGUAGES:
        _fill(homes[language], read("home")["home"]["body"], language, targets)
        for row in [*read("home")["landing_pages"], *read("home")["content_pages"]]:
            _fill(pages[row["slug"]][language], row["body"], language, targets)
    _make_frames(targets)
    _make_settings()


def _make_pages(model: type[Page], row: dict[str, Any], homes: dict[str, HomePage]) -> dict[str, Page]:
    key, made = uuid.uuid4(), {}
    for language in LANGUAGES:
        seo = row.get("seo", {})
        page = model(
            title=told(row["title"], language), slug=row["slug"] if language == "en" else row["slug_hi"],
            locale=_locale(language), translation_key=key, seo_title=told(seo.get("title"), language),
            search_description=told(seo.get("description"), language),
        )  # fmt: skip
        homes[language].add_child(instance=page)
        made[language] = page
    return made


def _fill(page: Any, body: list[dict[str, Any]], language: str, targets: _Targets) -> None:
    page.refresh_from_db()
    page.body = json.dumps([_block(row, language, targets) for row in body])
    page.save_revision().publish()


class _Targets:
    """What a link of the files (`category:mugs`, `page:delivery`, `search:?…`) leads to."""

    def __init__(self, cores, categories, pages) -> None:
        self.cores, self.categories, self.pages = cores, categories, pages

    def link(self, row: dict[str, Any] | None, language: str) -> dict[str, Any] | None:
        if not row:
            return None
        return {"text": told(row["label"], language), **self._target(*row["to"].split(":", 1))}

    def _target(self, kind: str, what: str) -> dict[str, Any]:
        if kind == "category":
            return {"page": self.categories[what].pk}
        if kind == "page":
            return {"page": self.pages[what].pk}
        if kind == "product":
            return {"product": self.product(what)}
        if kind == "brand":
            return {"brand": Brand.objects.get(slug=what).pk}
        return {"address": f"/search/{what}" if kind == "search" else what}

    def product(self, slug: str) -> int:
        return Product.objects.get(core=self.cores[slug], is_source=True).pk


def _block(row: dict[str, Any], language: str, targets: _Targets) -> dict[str, Any]:
    kind, value = _BLOCKS[row["type"]](row, language, targets)
    told_values = {name: entry for name, entry in value.items() if entry is not None}
    return {"type": kind, "value": told_values, "id": str(uuid.uuid4())}


def _image(name: str) -> dict[str, Any]:
    image = picture(name)
    return {"image": image.pk, "alt_text": image.title, "decorative": False}


def _hero(row, language, targets):
    links = [targets.link(link, language) for link in row.get("links", ())]
    return "hero", {"heading": told(row["heading"], language), "text": told(row.get("text"), language),
                    "tone": row.get("tone", "day"), "picture": _image(row["picture"]), "links": links}  # fmt: skip


def _banner(row, language, targets):
    return "banner", {"heading": told(row["heading"], language), "text": told(row.get("text"), language), "tone": row.get("tone", "night"),
                      "picture": _image(row["picture"]), "link": targets.link(row.get("link"), language)}  # fmt: skip


def _carousel(row, language, targets):
    products = [targets.product(slug) for slug in row["products"]]
    return "product_carousel", {"heading": told(row["heading"], language), "note": told(row.get("note"), language),
                                "products": products[:8], "layout": row.get("layout", "row"),
                                "link": targets.link(row.get("link"), language)}  # fmt: skip


def _grid(row, language, targets):
    pages = [targets.categories[slug].pk for slug in row["categories"]]
    return "category_grid", {"heading": told(row["heading"], language), "categories": pages,
                             "link": targets.link(row.get("link"), language)}  # fmt: skip


def _quote(row, language, targets):
    figures = [{"label": told(fact["label"], language), "value": fact["value"]} for fact in row.get("figures", ())]
    return "quote", {"heading": told(row.get("heading"), language), "quote": told(row["quote"], language),
                     "name": row.get("name", ""), "role": told(row.get("role"), language), "figures": figures,
                     "picture": _image("banner-kitchen-shelf.webp") if figures else None,
                     "link": targets.link(row.get("link"), language)}  # fmt: skip


def _rich_text(row, language, targets):
    return "rich_text", {"heading": told(row.get("heading"), language), "text": told(row["text"], language)}


def _trust(row, language, targets):
    items = [
        {"icon": icon, "heading": told(item["heading"], language), "text": told(item["text"], language)}
        for icon, item in zip(ICONS, row["items"], strict=False)
    ]
    heading = {"en": "What you can count on", "hi": "जिस पर भरोसा रख सकते हैं"}[language]
    return "trust_strip", {"heading": told(row.get("heading"), language) or heading, "items": items}


_BLOCKS = {"hero": _hero, "banner": _banner, "product_carousel": _carousel, "category_grid": _grid, "quote": _quote,
           "rich_text": _rich_text, "trust_strip": _trust}  # fmt: skip


def _make_frames(targets: _Targets) -> None:
    home, key = read("home"), uuid.uuid4()
    for language in LANGUAGES:

        def link(row, language=language):
            return {"type": "link", "value": targets.link(row, language), "id": str(uuid.uuid4())}

        *columns, legal = home["footer"]
        frame = Frame(
            name="Osari", locale=_locale(language), translation_key=key,
            notices=json.dumps([{"type": "notice", "value": told(home["notice"], language), "id": str(uuid.uuid4())}]),
            navigation=json.dumps([link(row) for row in home["navigation"]]),
            columns=json.dumps([_column(row, language, targets) for row in columns]),
            legal=json.dumps([link(row) for row in legal["links"]]),
            footer_lead=told(home["site"]["tagline"], language),
        )  # fmt: skip
        frame.save()
        frame.save_revision().publish()


def _column(row: dict[str, Any], language: str, targets: _Targets) -> dict[str, Any]:
    links = [targets.link(entry, language) for entry in row["links"]]
    return {
        "type": "column",
        "value": {"title": told(row["heading"], language), "links": links},
        "id": str(uuid.uuid4()),
    }


def _make_settings() -> None:
    facts = read("home")["site"]
    site = Site.objects.get(is_default_site=True)
    GrievanceOfficer.objects.update_or_create(site=site, defaults=facts["officer"])
    details = ShopSettings.for_site(site)
    details.name, details.legal_name, details.gstin = facts["name"], facts["legal_name"], facts["gstin"]
    details.contact_email = facts["email"]
    details.save()
