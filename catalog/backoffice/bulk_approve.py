"""Show several reviews at once: each by the same use case, in the version that was on the screen."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from catalog.backoffice.review_actions import MAY
from catalog.reviews.models import Review
from catalog.reviews.selectors import with_titles
from catalog.reviews.services.decide_review import decide_review
from catalog.reviews.statuses import Status
from shop.core.errors import Refusal

MOST_AT_ONCE = 200


class ApproveReviews(SnippetBulkAction):
    display_name = gettext_lazy("Show")
    aria_label = gettext_lazy("Show the chosen reviews")
    action_type = "approve"
    template_name = "catalog/backoffice/bulk_approve.html"
    action_priority = 10
    models = [Review]

    def check_perm(self, review: Review) -> bool:
        return self.request.user.has_perms(MAY) and review.status == Status.PENDING

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[int]:
        """Of "all" those that wait, the oldest first."""
        waiting = Review.objects.filter(status=Status.PENDING).order_by("submitted_at", "pk")
        return list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])

    def get_actionable_objects(self) -> tuple[list[Review], dict[str, list[Review]]]:
        ids = list(self._chosen())
        reviews = list(with_titles(Review.objects.filter(pk__in=ids)).order_by("submitted_at", "pk"))
        mine = [review for review in reviews if self.check_perm(review)]
        return mine, {"items_with_no_access": [review for review in reviews if review not in mine]}

    def form_valid(self, form: Any) -> HttpResponse:
        chosen = self._chosen()
        reviews, _rest = self.get_actionable_objects()
        shown = [review for review in reviews if self._approve(review, chosen[review.pk])]
        if shown:
            text = ngettext("%(count)s review is on show.", "%(count)s reviews are on show.", len(shown))
            messages.success(self.request, text % {"count": len(shown)})
        return redirect(self.next_url)

    def _chosen(self) -> dict[int, int | None]:
        """Ids with the version that was read: what was confirmed counts, not what the filter finds by then."""
        is_confirmed = self.request.method == "POST"
        given = self.request.POST.getlist("review") if is_confirmed else self.request.GET.getlist("id")
        if not is_confirmed and "all" in given:
            return dict.fromkeys(self.get_all_objects_in_listing_query(None))
        pairs = [text.partition(":") for text in given[:MOST_AT_ONCE]]
        return {int(pk): int(version) if version.isdigit() else None for pk, _colon, version in pairs
                if pk.isascii() and pk.isdigit() and len(pk) < 19 and len(version) < 10}  # fmt: skip

    def _approve(self, review: Review, version: int | None) -> bool:
        user = self.request.user
        try:
            decide_review(
                review_id=review.pk, approve=True, by=user.get_username(), at=timezone.now(), version=version or 0
            )
        except Refusal as refusal:
            text = _("“%(review)s” is not shown: %(why)s")
            messages.error(self.request, text % {"review": str(review), "why": refusal.detail})
            return False
        log(review, "review.approve", user=user)
        return True
