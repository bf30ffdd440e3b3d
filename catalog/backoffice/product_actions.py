"""Actions on a product that are asked for and confirmed: copy, translate, make this the source language."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.models import Locale

from catalog.product.models import Product
from catalog.product.services.copy_product import copy_product
from catalog.product.services.make_source import make_source
from catalog.product.services.translate_product import translate_product
from shop.core.errors import Refusal

EDIT = "wagtailsnippets_product_product:edit"


class ConfirmedAction(View):
    """GET asks, POST does. A refusal becomes a message beside the question."""

    permissions: tuple[str, ...] = ("product.add_product",)
    title = question = ""
    icon = "snippet"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perms(self.permissions):
            raise PermissionDenied
        self.product = get_object_or_404(Product.objects.select_related("locale"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._ask()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            result = self.act()
        except Refusal as refusal:
            lines = [str(line) for lines in refusal.errors.values() for line in lines]
            messages.error(request, "; ".join(lines) or str(refusal.detail))
            return self._ask()
        return redirect(reverse(EDIT, args=[result.pk]))

    def act(self) -> Product:
        raise NotImplementedError

    def choices(self) -> list[Locale]:
        return []

    def _ask(self) -> HttpResponse:
        context = {"product": self.product, "title": self.title, "question": self.question, "icon": self.icon,
                   "choices": self.choices(), "back": reverse(EDIT, args=[self.product.pk])}  # fmt: skip
        return TemplateResponse(self.request, "catalog/backoffice/confirm.html", context)


class CopyProduct(ConfirmedAction):
    title, icon = _("Copy this product"), "copy"
    question = _(
        "The copy is a new product, a draft: with the same texts, pictures and options, without SKUs and stock."
    )

    def act(self) -> Product:
        return copy_product(product_id=self.product.core_id, by=self.request.user)


class TranslateProduct(ConfirmedAction):
    title, icon = _("Translate this product"), "globe"
    question = _("The translation begins as a draft with these texts. Prices, stock, pictures and shelves are shared.")

    def act(self) -> Product:
        language = self.request.POST.get("locale", "")
        return translate_product(product_id=self.product.core_id, locale=language, by=self.request.user)

    def choices(self) -> list[Locale]:
        there = Product.objects.filter(core=self.product.core_id).values("locale")
        return list(Locale.objects.exclude(pk__in=there))


class MakeSource(ConfirmedAction):
    permissions = ("product.change_product", "product.publish_product", "product.change_variantspec")
    title, icon = _("Make this the source language"), "order-up"
    question = _("From then on, variants, prices, pictures and shelves are edited here. Nothing changes for shoppers.")

    def act(self) -> Product:
        language = self.product.locale.language_code
        return make_source(product_id=self.product.core_id, locale=language, by=self.request.user)
