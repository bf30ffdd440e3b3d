from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms_pages.models import Frame


@register_snippet
class FrameViewSet(SnippetViewSet):
    model = Frame
    icon = "site"
    menu_label = _("Notice, menu, footer")
    add_to_settings_menu = True
    list_display = ["name", "locale"]
