from __future__ import annotations

from typing import Any

from django import forms

from shop.core.errors import Refusal


def show_refusal(form: forms.Form, refusal: Refusal) -> None:
    """What a use case refused, as errors of the form: by field where the form has it."""
    for field, lines in refusal.errors.items():
        form.add_error(field if field in form.fields else None, [str(line) for line in lines])
    if not refusal.errors:
        form.add_error(None, str(refusal.detail))


class RefusalsOnForm:
    """Mixin for Wagtail's create and edit views: what saving refuses is shown on the form."""

    def form_valid(self, form: forms.Form) -> Any:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except Refusal as refusal:
            show_refusal(form, refusal)
            self.produced_error_code, self.produced_error_message = refusal.code, self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]
