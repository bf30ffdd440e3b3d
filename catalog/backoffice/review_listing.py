"""The desk of those who read reviews: what waits comes first, with its pictures."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.snippets.views.snippets import IndexView

from catalog.backoffice.product_listing import WIDE_ONLY
from catalog.reviews.models import Review
from catalog.reviews.selectors import title_of, with_pictures, with_titles
from catalog.reviews.statuses import Status
from shop.core.backoffice.labels import BAD, GOOD, WAITING, label

TONES = {Status.PENDING: WAITING, Status.APPROVED: GOOD, Status.REJECTED: BAD}
PENDING_FIRST = Case(When(status=Status.PENDING, then=Value(0)), default=Value(1), output_field=IntegerField())


class ReviewFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(choices=Status.choices, label=gettext_lazy("Stage"))
    rating = django_filters.ChoiceFilter(choices=[(n, "★" * n) for n in range(5, 0, -1)], label=gettext_lazy("Stars"))
    with_pictures = django_filters.BooleanFilter(
        field_name="pictures", lookup_expr="isnull", exclude=True, distinct=True, label=gettext_lazy("With pictures")
    )
    unanswered = django_filters.BooleanFilter(method="without_answer", label=gettext_lazy("Not answered"))

    class Meta:
        model = Review
        fields = ["status", "rating", "with_pictures", "unanswered"]

    def without_answer(self, reviews: QuerySet, name: str, wanted: bool) -> QuerySet:
        return reviews.filter(answer="") if wanted else reviews.exclude(answer="")


def stars(review: Review) -> SafeString:
    words = _("%(number)s of 5 stars") % {"number": review.rating}
    return format_html(
        '<span role="img" aria-label="{}">{}</span>', words, "★" * review.rating + "☆" * (5 - review.rating)
    )


def status_label(review: Review) -> SafeString:
    return label(review.get_status_display(), TONES[Status(review.status)])


def thumbnails(review: Review) -> SafeString:
    ready = [picture for picture in review.all_pictures if picture.is_ready]
    shown = ((picture.large.url, picture.small.url, _("Picture of the buyer")) for picture in ready)
    return format_html_join(
        " ", '<a href="{}"><img src="{}" alt="{}" width="64" height="64" loading="lazy"></a>', shown
    )


def moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "j M Y, H:i") if at else "–"


def _screen(review: Review) -> str:
    return reverse("wagtailsnippets_reviews_review:inspect", args=[review.pk])


class WordsColumn(Column):
    def get_value(self, review):
        return format_html("{}<br><small>{}</small>", review.title or "–", review.body[:160])


class ReviewIndexView(IndexView):
    default_ordering = "submitted_at"

    def get_base_queryset(self):
        return with_pictures(with_titles(super().get_base_queryset()))

    def order_queryset(self, queryset):
        return queryset.order_by(PENDING_FIRST, "-submitted_at", "-pk")

    def search_queryset(self, queryset):
        text = (self.search_query or "").strip()
        found = Q(title__icontains=text) | Q(body__icontains=text) | Q(author__icontains=text)
        return queryset.filter(found | Q(product_title__icontains=text)) if text else queryset

    def get_list_buttons(self, instance):
        return []

    @cached_property
    def columns(self):
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet"),
            TitleColumn("product", label=_("Product"), accessor=title_of, get_url=_screen),
            Column("rating", label=_("Stars"), accessor=stars),
            WordsColumn("body", label=_("Words")),
            Column("pictures", label=_("Pictures"), classname=WIDE_ONLY, accessor=thumbnails),
            Column("status", label=_("Stage"), accessor=status_label),
            Column("author", label=_("By"), classname=WIDE_ONLY),
            Column(
                "submitted_at", label=_("Handed in"), classname=WIDE_ONLY, accessor=lambda r: moment(r.submitted_at)
            ),
        ]
