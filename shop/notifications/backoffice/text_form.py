from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from shop.notifications.kinds import kinds
from shop.notifications.placeholders import unknown

WORDS = ("subject", "heading", "body", "button", "sms")


class NoticeTextForm(WagtailAdminModelForm):
    """Which notice and language a text is for is chosen once."""

    kind = forms.ChoiceField(label=gettext_lazy("Notice"))
    locale = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.name, kind.label) for kind in kinds.values()]
        if self.instance.pk:
            self.fields["kind"].disabled = self.fields["locale"].disabled = True
        if self.instance.kind in kinds:
            self.fields["body"].help_text = _allowed(self.instance.kind)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (kind := kinds.get(cleaned.get("kind", ""))) is None:
            return cleaned
        for name in WORDS:
            for found in unknown(cleaned.get(name) or "", kind.samples):
                known = ", ".join(f"{{{word}}}" for word in kind.samples)
                text = _("%(found)s is no word of this notice. There are: %(known)s.")
                self.add_error(name, text % {"found": found, "known": known})
        if cleaned.get("sms") and "\n" in cleaned["sms"]:
            self.add_error("sms", _("One line: write it exactly as it is registered."))
        return cleaned


def _allowed(kind: str) -> str:
    words = format_html_join(", ", "<code>{{{}}}</code> ({})", ((w, s or "…") for w, s in kinds[kind].samples.items()))
    return format_html("{} {}", _("An empty line begins a paragraph. Words that are filled in:"), words)
