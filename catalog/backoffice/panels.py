"""Panels of the product editor."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel
from wagtail.admin.panels.base import get_form_for_model

from catalog.backoffice.disagreements import show


class RowsPanel(InlinePanel):
    """Child rows. Read-only, and out of the form's reach, for whoever may not edit them; never absent: Wagtail
    deletes child rows that a form does not know (wagtail #14615)."""

    def __init__(self, *args: Any, row_form: type | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_form = row_form

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"row_form": self.row_form}

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        if self.row_form:
            deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
            options["formsets"][self.relation_name]["form"] = get_form_for_model(
                self.db_field.related_model, form_class=self.row_form, defer_required_on_fields=deferred
            )
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            form = kwargs.get("form")
            self.read_only = form is not None and kwargs["panel"].relation_name not in form.formsets
            if self.read_only:
                Panel.BoundPanel.__init__(self, **kwargs)
                self.template_name = "catalog/backoffice/rows_read_only.html"
                self.telepath_adapter_name = Panel.BoundPanel.telepath_adapter_name
            else:
                super().__init__(**kwargs)

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            if not self.read_only:
                return super().get_context_data(parent_context)
            context = Panel.BoundPanel.get_context_data(self, parent_context)
            rows = getattr(self.instance, self.panel.relation_name).all() if self.instance else []
            names = [panel.field_name for panel in _field_panels(self.panel.child_edit_handler)]
            fields = [self.panel.db_field.related_model._meta.get_field(name) for name in names]
            context["heads"] = [field.verbose_name for field in fields]
            context["rows"] = [[_shown(row, field) for field in fields] for row in rows]
            return context

        def js_opts(self) -> dict[str, Any]:
            return Panel.BoundPanel.js_opts(self) if self.read_only else super().js_opts()

        def telepath_pack(self, context):
            return Panel.BoundPanel.telepath_pack(self, context) if self.read_only else super().telepath_pack(context)


def _field_panels(panel: Panel) -> list[FieldPanel]:
    children = getattr(panel, "children", [])
    return [panel] if isinstance(panel, FieldPanel) else [leaf for child in children for leaf in _field_panels(child)]


def _shown(row: Any, field: Any) -> Any:
    value = getattr(row, field.name)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {entry}" for key, entry in value.items())
    form_field = field.formfield()
    return form_field.prepare_value(value) if hasattr(form_field, "decimal_places") and value is not None else value


class ConflictPanel(Panel):
    """Both values of every field that somebody else changed meanwhile, and the choice to overrule them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Changed by somebody else meanwhile"))
        super().__init__(*args, **kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalog/backoffice/conflict_panel.html"

        def is_shown(self) -> bool:
            return bool(getattr(getattr(self.form, "refusal", None), "disagreements", ()))

        def get_context_data(self, parent_context=None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            context["disagreements"] = [show(entry, self.instance) for entry in self.form.refusal.disagreements]
            context["origin"] = self.form.origin
            return context
