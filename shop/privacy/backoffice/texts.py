"""What people are asked, word for word: a new wording is added, an old one stays as it was answered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from shop.privacy.models import ConsentText

HELP = gettext_lazy(
    "Say what is counted, what for, and that a no costs nothing. Take the next version number in each language; from then "
    "on everybody is asked again. A text that was answered cannot be changed: it is the proof of what people agreed to."
)


class TextIndexView(IndexView):
    def order_queryset(self, queryset):
        return queryset.order_by("-version", "locale")


class ConsentTextViewSet(SnippetViewSet):
    model = ConsentText
    menu_label = gettext_lazy("Texts of the consent")
    icon = "doc-full"
    index_view_class = TextIndexView
    list_display = ["__str__", "heading", "created_at"]
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True
    panels = [
        HelpPanel(HELP),
        FieldPanel("purpose"),  # without it the form would not see that the version exists
        FieldPanel("locale"),
        FieldPanel("version"),
        FieldPanel("heading"),
        FieldPanel("body"),
    ]
