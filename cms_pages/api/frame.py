"""`/api/navigation/` and `/api/settings/`: what a client shows around every page, and what it must know of the shop."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.models import Site

from catalog.inventory.limits import shop_wide
from checkout.payment import providers
from cms_pages.api import schemas
from cms_pages.api.block_schemas import Link
from cms_pages.api.keeping import KeptReadView, Made
from cms_pages.api.writing import as_text
from cms_pages.context_processors import SYMBOLS
from cms_pages.selectors.frame import SeenFrame, all_links, columns_of, frame_in, links_of, notices_of, surroundings
from cms_pages.targets import targets_of
from cms_pages.typed.bodies import link_json
from shop.core.api.language import locale_of
from shop.core.money import exponent
from shop.notifications.channels.push import public_key

KEYS = ("frame", "pages", "site")


class FooterColumn(serializers.Serializer):
    title = serializers.CharField()
    links = Link(many=True)


class Footer(serializers.Serializer):
    lead = serializers.CharField()
    columns = FooterColumn(many=True)
    legal = Link(many=True)


class Navigation(serializers.Serializer):
    """Categories are `/api/category/?tree=true`."""

    lang = serializers.CharField(help_text="The language that it is written in.")
    notices = serializers.ListField(child=serializers.CharField())
    navigation = Link(many=True)
    footer = Footer()


class Contact(serializers.Serializer):
    name = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()


class CurrencyOut(serializers.Serializer):
    code = serializers.CharField()
    symbol = serializers.CharField()
    digits = serializers.IntegerField(help_text="Behind the point.")
    is_default = serializers.BooleanField()


class LanguageOut(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField(help_text="In the language itself.")
    prefix = serializers.CharField(help_text="How its paths begin: empty, or `/hi`.")
    direction = serializers.ChoiceField(["ltr", "rtl"])
    is_default = serializers.BooleanField()


class PaymentMethodOut(serializers.Serializer):
    """A way of paying that is set up. Whether it is for this cart, `/api/cart/shipping/` (cash) and the order say."""

    code = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    online = serializers.BooleanField()
    currencies = serializers.ListField(child=serializers.CharField(), help_text="That it takes.")


class Features(serializers.Serializer):
    push = serializers.BooleanField(help_text="Web push can be switched on.")
    guest_checkout = serializers.BooleanField()
    returns = serializers.BooleanField()


class Officer(serializers.Serializer):
    """Who answers for complaints; empty words until somebody is named."""

    name = serializers.CharField()
    designation = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    hours = serializers.CharField()
    address = serializers.CharField()


class Settings(serializers.Serializer):
    name = serializers.CharField()
    legal_name = serializers.CharField()
    gstin = serializers.CharField()
    contact = Contact()
    grievance_officer = Officer()
    currencies = CurrencyOut(many=True)
    languages = LanguageOut(many=True)
    country = serializers.CharField()
    payment_methods = PaymentMethodOut(many=True)
    features = Features()
    max_quantity = serializers.IntegerField(help_text="The most of one kind in an order; a variant may have less.")
    return_window_days = serializers.IntegerField(help_text="After delivery.")
    demo = serializers.BooleanField()


class NavigationView(KeptReadView):
    def make(self, request: HttpRequest) -> Made:  # type: ignore[override]
        locale = locale_of(request)
        frame = frame_in(locale)
        return Made(as_text(_navigation(frame, locale) if frame else _nothing(locale)), KEYS)

    @extend_schema(
        summary="Notice line, menu and footer",
        parameters=[schemas.CONTEXT[1]],
        responses=Navigation,
        tags=["content"],
    )
    def get(self, request: Request) -> Response:
        return Response(json.loads(self.read(request._request)))


class SettingsView(KeptReadView):
    def make(self, request: HttpRequest) -> Made:  # type: ignore[override]
        site = Site.find_for_request(request)
        found = surroundings(site.pk if site else None, locale_of(request))
        with translation.override(locale_of(request)):
            return Made(as_text(_settings(found.shop, found.officer)), KEYS)

    @extend_schema(
        summary="What a client must know of the shop",
        parameters=[schemas.CONTEXT[1]],
        responses=Settings,
        tags=["content"],
    )
    def get(self, request: Request) -> Response:
        return Response(json.loads(self.read(request._request)))


def _nothing(locale: str) -> dict[str, Any]:
    return {"lang": locale, "notices": [], "navigation": [], "footer": {"lead": "", "columns": [], "legal": []}}


def _navigation(frame: SeenFrame, locale: str) -> dict[str, Any]:
    targets = targets_of(list(all_links(frame)), locale)

    def shown(links: Any) -> list[dict[str, Any]]:
        return [found for link in links if (found := link_json(link, targets))]

    columns = [{"title": title, "links": shown(links)} for title, links in columns_of(frame)]
    footer = {"lead": frame.footer_lead, "columns": columns, "legal": shown(links_of(frame.legal))}
    return {
        "lang": frame.language,
        "notices": notices_of(frame),
        "navigation": shown(links_of(frame.navigation)),
        "footer": footer,
    }


def _settings(shop: dict[str, str], officer: dict[str, str]) -> dict[str, Any]:
    return {
        "name": shop["name"],
        "legal_name": shop["legal_name"],
        "gstin": shop["gstin"],
        "contact": {"name": shop["name"], "email": shop["contact_email"], "phone": shop["contact_phone"]},
        "grievance_officer": officer,
        "currencies": [_currency(code) for code in settings.CURRENCIES],
        "languages": [_language(code, name) for code, name in settings.LANGUAGES],
        "country": "IN",
        "payment_methods": [
            {
                "code": entry.code,
                "title": str(entry.title),
                "text": str(entry.text),
                "online": entry.is_online,
                "currencies": [code for code in settings.CURRENCIES if entry.takes(code)],
            }
            for entry in providers.entries()
            if entry.is_configured()
        ],
        "features": {"push": bool(public_key()), "guest_checkout": True, "returns": settings.RETURN_WINDOW_DAYS > 0},
        "max_quantity": shop_wide(),
        "return_window_days": settings.RETURN_WINDOW_DAYS,
        "demo": settings.DEMO,
    }


def _currency(code: str) -> dict[str, Any]:
    return {"code": code, "symbol": SYMBOLS.get(code, code), "digits": exponent(code),
            "is_default": code == settings.DEFAULT_CURRENCY}  # fmt: skip


def _language(code: str, name: str) -> dict[str, Any]:
    is_default = code == settings.LANGUAGE_CODE
    rtl = translation.get_language_info(code)["bidi"]
    return {"code": code, "name": name, "prefix": "" if is_default else f"/{code}",
            "direction": "rtl" if rtl else "ltr", "is_default": is_default}  # fmt: skip
