"""Translations and weight of what the storefront sends."""

from __future__ import annotations

import gettext
import gzip
import re

from django.conf import settings
from django.utils import translation

LOCALE = settings.BASE_DIR / "locale" / "hi" / "LC_MESSAGES"
STATIC = settings.BASE_DIR / "static" / "shop"
TEMPLATES = settings.BASE_DIR / "templates"
TRANSLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""")
KILOBYTE = 1024
HTML_AT_MOST = 12 * KILOBYTE


def entries() -> dict[str, str]:
    with (LOCALE / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]


def packed(*patterns: str) -> int:
    """Bytes over the wire of these static files; fonts are compressed already."""
    files = [path for pattern in patterns for path in STATIC.glob(pattern)]
    assert files
    return sum(
        len(path.read_bytes()) if path.suffix == ".woff2" else len(gzip.compress(path.read_bytes())) for path in files
    )


# What shoppers read: pages, letters, and what their doors refuse. The words of the admin may stay English.
SHOPPERS = re.compile(
    r"templates/|(shop/(core|privacy|accounts)|catalog/(api|inventory|listing|reviews|storefront)|checkout|cms_pages/api|"
    r"shop/notifications/(services|storefront|account_kinds))\b"
)
STAFF = re.compile(r"backoffice|models|wagtail_hooks|management/|apps\.py|admin\.py|email/webhook")


def is_read_by_shoppers(block: str) -> bool:
    """On a page, in a letter, or in the words of a problem that a client shows."""
    files = " ".join(re.findall(r"^#: (.*)$", block, re.M)).split()
    return any(SHOPPERS.match(file) and not STAFF.search(file) for file in files)


def test_every_text_that_shoppers_read_is_there_in_hindi() -> None:
    read = [block for block in (LOCALE / "django.po").read_text().split("\n\n") if is_read_by_shoppers(block)]

    assert len(read) > 800
    assert [block for block in read if re.search(r'msgstr(\[\d\])? ""\Z|^#, .*fuzzy', block, re.M)] == []


def test_every_text_of_the_templates_is_there_in_hindi() -> None:
    hindi = entries()
    shown = [path for path in TEMPLATES.rglob("*.*") if "backoffice" not in path.parts]
    texts = {a or b for path in shown for a, b in TRANSLATE.findall(path.read_text())}

    assert len(texts) > 150
    assert sorted(text for text in texts if not hindi.get(text)) == []


def test_the_compiled_translations_are_those_of_the_source() -> None:
    source = (LOCALE / "django.po").read_text()

    for text, hindi in (("Add to cart", "कार्ट में डालें"), ("Sold out", "बिक गया")):
        assert f'msgid "{text}"\nmsgstr "{hindi}"' in source
        with translation.override("hi"):
            assert translation.gettext(text) == hindi


def test_pages_stay_light_in_both_languages() -> None:
    common = HTML_AT_MOST + packed("js/*.js", "vendor/*.js", "css/shop.css", "css/parts.css", "css/catalog.css")
    latin = packed("fonts/anek-*.woff2", "fonts/names-*.woff2")

    assert common + latin + packed("fonts/eczar-latin.woff2") < 150 * KILOBYTE
    assert common + latin + packed("fonts/hind-*.woff2") < 150 * KILOBYTE
