from __future__ import annotations

from typing import Any

from django.http import Http404
from django.template.defaultfilters import linebreaksbr
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import InspectView, SnippetViewSet

from catalog.backoffice.review_actions import ACTS, ADDRESS, MAY
from catalog.backoffice.review_listing import (
    ReviewFilterSet,
    ReviewIndexView,
    moment,
    stars,
    status_label,
    thumbnails,
)
from catalog.reviews.models import Review
from catalog.reviews.selectors import with_pictures, with_titles
from shop.core.backoffice.references import named


class ReviewScreen(InspectView):
    """One review as it was written, with what can be done."""

    any_permission_required = ["view"]

    def get_object(self, queryset: Any = None) -> Review:
        found = with_pictures(with_titles(Review.objects.filter(pk=self.pk))).first()
        if found is None:
            raise Http404
        return found

    def get_page_title(self):
        return _("Review")

    def get_page_subtitle(self):
        return self.object.product_title or ""

    def get_fields(self) -> list[str]:
        return ["rating", "title", "body", "pictures", "status", "reason", "author", "reference", "locale",
                "helpful_count", "answer", "submitted_at", "decided_at"]  # fmt: skip

    def get_field_label(self, field_name, field):
        return {"pictures": _("Pictures"), "reference": _("Bought with")}.get(field_name) or super().get_field_label(
            field_name, field
        )

    def get_field_display_value(self, field_name, field):
        review = self.object
        shown = {"rating": stars, "pictures": thumbnails, "status": status_label}
        if field_name in shown:
            return shown[field_name](review) or "–"
        if field_name == "reference":
            about = named(review.reference, self.request.user)
            return format_html('<a href="{}">{}</a>', about.url, about.text) if about.url else about.text
        if field_name == "decided_at":
            return f"{moment(review.decided_at)} {review.decided_by}"
        if field_name == "submitted_at":
            return moment(review.submitted_at)
        return linebreaksbr(getattr(review, field_name)) or "–"

    @cached_property
    def header_more_buttons(self):
        if not self.request.user.has_perms(MAY):
            return []
        return [self._button(act) for act in ACTS if act.name != "approve" or not self.object.is_shown]

    def _button(self, act) -> Button:
        url = reverse(ADDRESS.format(act.name), args=[self.object.pk])
        return Button(act.title, url=f"{url}?version={self.object.version}", icon_name=act.icon)


class ReviewViewSet(SnippetViewSet):
    """Read and decided; nobody writes, edits or deletes one here."""

    model = Review
    icon = "pick"
    menu_label = gettext_lazy("Reviews")
    menu_order = 30
    list_per_page = 50
    search_fields = ["title", "body"]
    filterset_class = ReviewFilterSet
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = ReviewIndexView
    inspect_view_class = ReviewScreen
    exclude_form_fields = ["answer"]

    def get_urlpatterns(self):
        acts = [path(f"{act.name}/<int:pk>/", act.as_view(), name=act.name) for act in ACTS]
        return [*super().get_urlpatterns(), *acts]
