"""The views of the product editor: Wagtail's own, made aware of drafts that overtake each other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Revision
from wagtail.snippets.views import snippets as views

from catalog.backoffice.product_panels import TRANSLATION_PANELS
from catalog.product.models import Product
from catalog.product.selectors import why_kept
from shop.core.errors import Invalid, Refusal


class RefusalsOnForm:
    """What a use case refuses is shown on the form; nothing of the attempt is kept."""

    def form_valid(self, form):
        try:
            with transaction.atomic():
                self.prepare(form)
                return super().form_valid(form)  # type: ignore[misc]
        except Refusal as refusal:
            return self.refuse(form, refusal)
        except ValidationError as problem:
            errors = problem.message_dict if hasattr(problem, "error_dict") else {}
            return self.refuse(form, Invalid("; ".join(problem.messages), errors=errors))

    def prepare(self, form) -> None:
        """Called before anything is saved."""

    def refuse(self, form, refusal: Refusal):
        form.show_refusal(refusal)
        # The two codes that Wagtail's autosave knows how to explain.
        self.produced_error_code = "invalid_revision" if refusal.status == 409 else "validation_error"
        self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
        return self.form_invalid(form)  # type: ignore[attr-defined]


class ProductCreateView(RefusalsOnForm, views.CreateView):
    def refuse(self, form, refusal: Refusal):
        _forget_keys(form.instance)
        return super().refuse(form, refusal)


def _forget_keys(product: Product) -> None:
    """The rows that were just made are rolled back: let the next attempt make them again."""
    product.pk = product.core_id = product.core = None
    product._state.adding = True
    product.latest_revision = None
    for relation in ("variant_specs", "images", "category_links"):
        for row in getattr(product, relation).all():
            row.pk = None


class ProductEditView(RefusalsOnForm, views.EditView):
    def get_panel(self):
        return self.panel if self.object.is_source else TRANSLATION_PANELS.bind_to_model(Product)

    def get_form_class(self):
        return self.panel.get_form_class()

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.origin = self._origin()
        return form

    def prepare(self, form) -> None:
        form.instance.begun_from = self._begun_from(form.origin)
        form.instance.overrule_newer = bool(self.request.POST.get("overrule"))

    def _origin(self) -> str:
        """Which revision, as of when, the open form was begun from."""
        posted = self.request.POST
        if posted.get("overwrite_revision_id"):
            return posted["overwrite_revision_id"]
        loaded = f"{posted.get('loaded_revision_id', '')}@{posted.get('loaded_revision_created_at', '')}"
        return posted.get("origin") or loaded

    def _begun_from(self, origin: str) -> Revision | None:
        pk, _at, created_at = origin.partition("@")
        revision = self.live_object.revisions.filter(pk=pk).first() if pk.isdigit() else None
        if revision and (known := parse_datetime(created_at)):
            revision.created_at = known
        return revision

    def refuse(self, form, refusal: Refusal):
        self.object = self.get_object()
        return super().refuse(form, refusal)

    @property
    def header_more_buttons(self):
        return [*super().header_more_buttons, *product_buttons(self.live_object, self.request.user)]

    @property
    def can_delete(self):
        return super().can_delete and not why_kept(self.live_object)


class ProductPreviewView(views.PreviewOnEditView):
    def get_form_class(self):
        if self.object.is_source:
            return super().get_form_class()
        return TRANSLATION_PANELS.bind_to_model(Product).get_form_class()


class ProductPreviewOnAddView(views.PreviewOnCreateView):
    def get_object(self):
        product = super().get_object()
        product.locale = Locale.get_default()
        return product


class ProductUnpublishView(views.UnpublishView):
    """Wagtail's own goes around the model's `unpublish`, and with it around the core."""

    def unpublish(self):
        response = self.run_hook("before_unpublish", self.request, self.object)
        if response is not None:
            return response
        self.object.unpublish(user=self.request.user)
        return self.run_hook("after_unpublish", self.request, self.object)


class ProductDeleteView(views.DeleteView):
    """Wagtail's own asks for the permission on the model only; some products must stay."""

    def dispatch(self, request, *args, **kwargs):
        reason = why_kept(self.object)
        if reason and self.user_has_permission("delete"):
            messages.error(request, reason)
            return redirect(reverse(self.edit_url_name, args=[quote(self.object.pk)]))
        return super().dispatch(request, *args, **kwargs)


class ProductWorkflowActionView(views.WorkflowActionView):
    """An approval publishes: what the publication refuses is told, and the task stays open."""

    def post(self, request, *args, **kwargs):
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except Refusal as refusal:
            lines = [str(line) for lines in refusal.errors.values() for line in lines]
            messages.error(request, "; ".join(lines) or str(refusal.detail))
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


def product_buttons(product: Product, user: Any) -> list[Button]:
    """Copy, translate, make this the source; without a query per product in a list."""
    if not user.has_perm("product.add_product"):
        return []
    buttons = [_button("copy", product, _("Copy"), "copy", 10)]
    if product.is_source:
        buttons.append(_button("translate", product, _("Translate"), "globe", 15))
    else:
        buttons.append(_button("make_source", product, _("Make this the source language"), "order-up", 16))
    return buttons


def _button(name: str, product: Product, label: str, icon: str, priority: int) -> Button:
    url = reverse(f"wagtailsnippets_product_product:{name}", args=[quote(product.pk)])
    return Button(label, url=url, icon_name=icon, priority=priority)
