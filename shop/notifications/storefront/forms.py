from __future__ import annotations

from typing import Any

from django import forms

from shop.notifications.services.choose_channels import Choice


class PreferencesForm(forms.Form):
    """A box per topic and channel. What is locked is shown, and cannot be changed."""

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        for choice in choices:
            self.fields[choice.name] = forms.BooleanField(
                label=choice.channel.label, required=False, initial=choice.wanted, disabled=choice.locked
            )

    def chosen(self) -> dict[tuple[str, str], bool]:
        return {
            (choice.topic, choice.channel): self.cleaned_data[choice.name]
            for choice in self.choices
            if not choice.locked
        }

    def by_topic(self) -> list[dict[str, Any]]:
        """For the template: each topic with its boxes."""
        topics = dict.fromkeys(choice.topic for choice in self.choices)
        return [
            {"label": topic.label, "boxes": [self[choice.name] for choice in self.choices if choice.topic == topic]}
            for topic in topics
        ]
