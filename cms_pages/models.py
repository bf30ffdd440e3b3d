from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from shop.core.pages import ServedByDoor


class HomePage(ServedByDoor, Page):
    subpage_types = ["product.CategoryPage"]

    class Meta:
        verbose_name = _("home page")
