from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
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
from catalog.reviews.selectors import title_of, with_pictures, with_titles
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
        return title_of(self.object)

    def get_fields(self) -> list[str]:
        return []  # the template names them

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        review = self.object
        return super().get_context_data(**kwargs) | {
            "review": review,
            "title": title_of(review),
            "stars": stars(review),
            "state": status_label(review),
            "submitted": moment(review.submitted_at),
            "decided": moment(review.decided_at),
            "pictures": thumbnails(review),
            "waiting": sum(not picture.is_ready for picture in review.all_pictures),
            "about": named(review.reference, self.request.user),
            "acts": self._acts(),
        }

    def _acts(self) -> list[dict[str, Any]]:
        """What this person may do now, each with the version that is on the screen."""
        if not self.request.user.has_perms(MAY):
            return []
        possible = [act for act in ACTS if act.name != "approve" or not self.object.is_shown]
        return [
            {
                "name": act.name,
                "title": act.title,
                "url": f"{reverse(ADDRESS.format(act.name), args=[self.object.pk])}?version={self.object.version}",
            }
            for act in possible
        ]


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
    inspect_template_name = "catalog/backoffice/review.html"
    exclude_form_fields = ["answer"]

    def get_urlpatterns(self):
        acts = [path(f"{act.name}/<int:pk>/", act.as_view(), name=act.name) for act in ACTS]
        return [*super().get_urlpatterns(), *acts]
