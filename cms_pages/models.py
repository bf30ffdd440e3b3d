"""Content: home, landing and reading pages; the frame around every page (notice, navigation, footer)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Page, RevisionMixin, TranslatableMixin
from wagtail.search import index

from cms_pages.blocks import ArticleBody, CampaignBody
from cms_pages.blocks.links import LinkBlock
from shop.core.pages import ServedByDoor


class HomePage(ServedByDoor, Page):
    body = StreamField(CampaignBody(), blank=True, verbose_name=_("sections"))

    headless_kind = "page"
    api_fields = ["body"]
    subpage_types = ["product.CategoryPage", "cms_pages.LandingPage", "cms_pages.ContentPage"]
    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("home page")


class LandingPage(ServedByDoor, Page):
    """A campaign or a season."""

    intro = models.TextField(_("introduction"), max_length=300, blank=True)
    hides_title = models.BooleanField(_("begin with the first section, without the title"), default=True)
    body = StreamField(CampaignBody(), blank=True, verbose_name=_("sections"))

    headless_kind = "page"
    api_fields = ["intro", "hides_title", "body"]
    subpage_types: list[str] = []
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("hides_title"), FieldPanel("body")]

    class Meta:
        verbose_name = _("landing page")


class ContentPage(ServedByDoor, Page):
    """A page that is read: delivery, returns, terms."""

    intro = models.TextField(_("introduction"), max_length=300, blank=True)
    body = StreamField(ArticleBody(), blank=True, verbose_name=_("text"))

    headless_kind = "page"
    api_fields = ["intro", "body"]
    subpage_types = ["cms_pages.ContentPage"]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        verbose_name = _("content page")


class FooterColumn(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=40)
    links = blocks.ListBlock(LinkBlock(), label=_("links"), max_num=8)


class Frame(DraftStateMixin, RevisionMixin, TranslatableMixin, ClusterableModel):
    """What stands around every page, once per language: notice line, navigation, footer."""

    name = models.CharField(_("name"), max_length=80, default="Frame")
    notices = StreamField([("notice", blocks.CharBlock(max_length=120))], blank=True, verbose_name=_("notice line"))
    navigation = StreamField([("link", LinkBlock())], blank=True, verbose_name=_("navigation"))
    columns = StreamField([("column", FooterColumn())], blank=True, verbose_name=_("footer columns"))
    legal = StreamField([("link", LinkBlock())], blank=True, verbose_name=_("small print"))
    footer_lead = models.CharField(_("footer sentence"), max_length=120, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("notices"),
        FieldPanel("navigation"),
        MultiFieldPanel([FieldPanel("footer_lead"), FieldPanel("columns"), FieldPanel("legal")], heading=_("Footer")),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("frame of the pages")
        verbose_name_plural = _("frames of the pages")

    def __str__(self) -> str:
        return f"{self.name} ({self.locale})"


@register_setting(icon="home")
class ShopSettings(BaseSiteSetting):
    """Who runs the shop: as the law wants it shown."""

    name = models.CharField(_("name"), max_length=80, default="Osari")
    legal_name = models.CharField(_("legal name"), max_length=120, blank=True)
    gstin = models.CharField(_("GSTIN"), max_length=15, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(_("phone"), max_length=20, blank=True)

    panels = [
        FieldPanel("name"),
        MultiFieldPanel([FieldPanel("legal_name"), FieldPanel("gstin")], heading=_("By law")),
        MultiFieldPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")], heading=_("How to reach you")),
    ]

    class Meta:
        verbose_name = _("shop details")
