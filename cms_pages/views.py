"""Rendered content pages, live and in preview."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms_pages.models import ContentPage, HomePage, LandingPage
from shop.core.pages import serves


@serves(HomePage)
def home(request: HttpRequest, page: HomePage) -> HttpResponse:
    return render(request, "cms_pages/home.html", _context(request, page))


@serves(LandingPage)
def landing(request: HttpRequest, page: LandingPage) -> HttpResponse:
    return render(request, "cms_pages/landing.html", _context(request, page))


@serves(ContentPage)
def content(request: HttpRequest, page: ContentPage) -> HttpResponse:
    return render(request, "cms_pages/content.html", _context(request, page))


def _context(request: HttpRequest, page: Page) -> dict[str, Any]:
    translations = page.get_translations(inclusive=True).filter(live=True).select_related("locale")
    request.translations = {  # type: ignore[attr-defined]
        found.locale.language_code: found.url for found in translations if found.url
    }
    seo = {
        "title": page.seo_title or page.title,
        "description": page.search_description,
        "canonical": f"{settings.SITE_URL}{page.url}" if page.url else "",
    }
    return {"page": page, "seo": seo, "breadcrumbs": _breadcrumbs(page)}


def _breadcrumbs(page: Page) -> list[dict[str, str]]:
    home, *above = page.get_ancestors().filter(depth__gt=1) or [page]
    pages = [{"title": crumb.title, "url": crumb.url} for crumb in above]
    return [{"title": _("Home"), "url": home.url}, *pages, {"title": page.title, "url": ""}]
