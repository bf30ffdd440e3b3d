from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from shop.notifications.kinds import Topic, kinds
from shop.notifications.placeholders import unknown

WORDS = ("subject", "heading", "body", "button", "note", "sms")


class NoticeTextForm(WagtailAdminModelForm):
    """Which notice and language a text is for is chosen once."""

    kind = forms.ChoiceField(label=gettext_lazy("Notice"))
    locale = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = _by_topic()
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
                self.add_error(name, _no_word(found, kind.samples))
        for part, word in kind.needs.items():
            if not cleaned.get(part) or word not in cleaned[part]:
                self.add_error(part, _lack(word))
        if cleaned.get("sms") and "\n" in cleaned["sms"]:
            self.add_error("sms", _("One line: write it exactly as it is registered."))
        return cleaned


def _by_topic() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Choices under the headings of their topics."""
    return [
        (topic.label, [(kind.name, kind.label) for kind in kinds.values() if kind.topic == topic])
        for topic in Topic
        if any(kind.topic == topic for kind in kinds.values())
    ]


def _no_word(found: str, samples: Mapping[str, str]) -> str:
    if not samples:
        return _("%(found)s is no word of this notice: nothing is filled in here.") % {"found": found}
    known = ", ".join(f"{{{word}}}" for word in samples)
    return _("%(found)s is no word of this notice. There are: %(known)s.") % {"found": found, "known": known}


def _lack(word: str) -> str:
    if word:
        return _("%(word)s has to stand here, or it reaches nobody.") % {"word": word}
    return _("The button is the way to the link of this letter: write something on it.")


def _allowed(kind: str) -> str:
    if not kinds[kind].samples:
        return _("An empty line begins a paragraph. No words are filled in.")
    words = format_html_join(", ", "<code>{{{}}}</code> ({})", ((w, s or "…") for w, s in kinds[kind].samples.items()))
    return format_html("{} {}", _("An empty line begins a paragraph. Words that are filled in:"), words)
