from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from catalog.product import projection
from catalog.product.models.slug import AnyScriptSlugField
from shop.core.pages import ServedByDoor


class Brand(ServedByDoor, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """Who makes it. Has a page of its own at `/brand/<slug>/`."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = AnyScriptSlugField(_("slug"), max_length=120, unique=True)
    place = models.CharField(_("town"), max_length=80, blank=True)
    since = models.PositiveSmallIntegerField(_("with us since"), null=True, blank=True)
    story = RichTextField(_("story"), blank=True, features=["bold", "italic", "link"])
    texts = models.JSONField(_("texts in other languages"), default=dict, blank=True)
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    seo_title = models.CharField(_("SEO title"), max_length=70, blank=True)
    seo_description = models.CharField(_("SEO description"), max_length=170, blank=True)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("slug")]

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")

    def __str__(self) -> str:
        return self.name

    def publish(self, revision, *args, **kwargs):
        """Publish; a changed slug leaves a redirect behind. Locks: the brand's row."""
        with transaction.atomic():
            row = type(self).objects.select_for_update().get(pk=self.pk)
            super().publish(revision, *args, **kwargs)
            now_live = type(self).objects.get(pk=self.pk)
            if row.live and now_live.slug != row.slug:
                projection.tell("brand_live", brand=now_live, previous_slug=row.slug)
