from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.reviews.pictures import MOST_BYTES
from catalog.reviews.rules import BODY_AT_MOST, PICTURES_AT_MOST, TITLE_AT_MOST

STARS = [
    ("1", _("1 star: poor")), ("2", _("2 stars: not so good")), ("3", _("3 stars: fair")), ("4", _("4 stars: good")),
    ("5", _("5 stars: very good")),
]  # fmt: skip


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """The bytes of each; what they are is looked at by the use case."""

    widget = ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        files = [file for file in data or [] if file]
        if len(files) > PICTURES_AT_MOST:
            raise forms.ValidationError(_("Four pictures at most."))
        return [super(PicturesField, self).clean(file, initial).read(MOST_BYTES + 1) for file in files]


class ReviewForm(forms.Form):
    rating = forms.TypedChoiceField(label=_("How is it?"), choices=STARS, coerce=int, widget=forms.RadioSelect)
    title = forms.CharField(label=_("In one line"), max_length=TITLE_AT_MOST, required=False)
    body = forms.CharField(
        label=_("What is it like to live with?"), max_length=BODY_AT_MOST, widget=forms.Textarea(attrs={"rows": 6})
    )
    file = PicturesField(
        label=_("Pictures"), required=False,
        help_text=_("Up to four, JPEG, PNG or WebP, at most 8 MB each. Where they were taken is not kept."),
    )  # fmt: skip
