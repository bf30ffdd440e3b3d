"""What staff do with a review: show it, not show it with a reason, answer it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.reviews.models import Review
from catalog.reviews.rules import BODY_AT_MOST, REASON_AT_MOST
from catalog.reviews.services.answer_review import answer_review
from catalog.reviews.services.decide_review import decide_review
from catalog.reviews.statuses import Status
from shop.core.backoffice.asking import Asked

ADDRESS = "wagtailsnippets_reviews_review:{}"
MAY = ("reviews.view_review", "reviews.moderate_review")


class ReadForm(forms.Form):
    """`version` is the one that was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class RejectForm(ReadForm):
    reason = forms.CharField(
        label=gettext_lazy("Why not"), max_length=REASON_AT_MOST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Its author reads this, and may change the review. Opinions and few stars are no reason."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Answer"), max_length=BODY_AT_MOST, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Everybody reads it below the review. Empty takes it away."),
    )  # fmt: skip


class ReviewAct(Asked):
    kind, permissions = "review", MAY

    def find(self, **kwargs: Any) -> Review:
        self.review = get_object_or_404(Review, pk=kwargs["pk"])
        return self.review

    def back(self) -> str:
        return reverse(ADDRESS.format("inspect"), args=[self.review.pk])

    def decide(self, typed: dict[str, Any], *, by: str, approve: bool) -> None:
        decide_review(
            review_id=self.review.pk, approve=approve, by=by, at=timezone.now(), reason=typed.get("reason", ""),
            version=typed["version"],
        )  # fmt: skip
        self.log(**({"reason": typed["reason"]} if "reason" in typed else {}))

    def make_form(self, data: Any = None) -> forms.Form:
        return self.form_class(data, initial={"version": self.request.GET.get("version", self.review.version)})


class Approve(ReviewAct):
    name, icon, title, form_class = "approve", "check", gettext_lazy("Show the review"), ReadForm

    def is_possible(self) -> bool:
        return self.review.status != Status.APPROVED

    def explain(self) -> str:
        return _("It stands on the product's page at once, and counts for its stars. Its author gets a mail.")

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        self.decide(typed, by=by, approve=True)
        return _("The review is on show.")


class Reject(ReviewAct):
    name, icon, title, form_class = "reject", "cross", gettext_lazy("Do not show the review"), RejectForm
    is_serious = True

    def explain(self) -> str:
        return _("Nobody sees it, and it does not count. Its author gets a mail with your reason.")

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        self.decide(typed, by=by, approve=False)
        return _("The review is not shown; its author was told why.")


class Answer(ReviewAct):
    name, icon, title, form_class = "answer", "comment", gettext_lazy("Answer the review"), AnswerForm

    def make_form(self, data: Any = None) -> forms.Form:
        return AnswerForm(data, initial={"answer": self.review.answer})

    def explain(self) -> str:
        return _("Its author gets a mail with your answer.")

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        answer_review(review_id=self.review.pk, answer=typed["answer"], by=by, at=timezone.now())
        self.log()
        return _("The answer stands below the review.") if typed["answer"] else _("The answer is gone.")


ACTS = (Approve, Reject, Answer)
