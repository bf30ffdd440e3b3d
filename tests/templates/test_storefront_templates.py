"""What every template of the storefront keeps to, whatever view stands behind it."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.utils import translation

TEMPLATES = settings.BASE_DIR / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())
PAGES = [name for name in NAMES if name.endswith(".html") and not name.startswith("email/")]
CACHED_FOR_EVERYONE = [
    name for name in PAGES if name.split("/")[0] in ("catalog", "cms_pages", "includes") and "/backoffice/" not in name
]
BELIEVED_FOR_THEIR_ORIGIN = {"privacy/choices.html"}  # the same form stands on pages that are cached for everyone
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/)[^>]*>")
INLINE_STYLE = re.compile(r"\sstyle=|<style\b|\son[a-z]+=")


def read(name: str) -> str:
    return (TEMPLATES / name).read_text()


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_pages_hold_under_a_content_security_policy_without_unsafe_inline(name: str) -> None:
    text = read(name)

    assert not INLINE_STYLE.search(text)
    assert not INLINE_SCRIPT.search(text)


def test_the_search_for_inline_code_finds_it() -> None:
    assert INLINE_SCRIPT.search("<script>alert(1)</script>")
    assert INLINE_STYLE.search('<p style="color:red">')
    assert INLINE_STYLE.search('<a onclick="x()">')


@pytest.mark.parametrize("name", CACHED_FOR_EVERYONE)
def test_pages_that_are_cached_for_everyone_carry_nothing_of_one_visitor(name: str) -> None:
    text = read(name)

    assert "csrf_token" not in text
    assert "request.user" not in text
    assert name == "includes/messages.html" or "in messages" not in text


@pytest.mark.parametrize("name", NAMES)
def test_no_template_switches_escaping_off(name: str) -> None:
    text = read(name)

    assert "|safe" not in text
    assert "autoescape off" not in text or name.endswith(".txt")


@pytest.mark.parametrize("name", PAGES)
def test_every_icon_stands_in_the_sprite(name: str) -> None:
    drawn = set(re.findall(r'<symbol id="i-([a-z0-9-]+)"', read("includes/icons.html")))

    assert set(re.findall(r"#i-([a-z0-9-]+)\"", read(name))) <= drawn


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_error_pages_need_no_context(name: str, language: str) -> None:
    with translation.override(language):
        html = get_template(name).render()

    assert f'lang="{language}"' in html
    assert "<h1>" in html


def test_posts_of_private_pages_carry_a_token() -> None:
    for name in PAGES:
        if name in CACHED_FOR_EVERYONE or name in BELIEVED_FOR_THEIR_ORIGIN:
            continue
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", read(name), re.S):
            assert "csrf_token" in form, name
