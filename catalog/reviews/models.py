from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.reviews import rules
from catalog.reviews.statuses import Status


class Review(models.Model):
    """What a buyer says of a product; shown once somebody has read it. Knows nothing of orders: `reference` is a word
    such as `order:42`."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used
    Status = Status

    core = models.ForeignKey("product.ProductCore", on_delete=models.CASCADE, related_name="reviews")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews")
    rating = models.PositiveSmallIntegerField(_("stars"))
    title = models.CharField(_("title"), max_length=rules.TITLE_AT_MOST, blank=True)
    body = models.TextField(_("text"), max_length=rules.BODY_AT_MOST)
    locale = models.CharField(_("language"), max_length=12)  # in which it was written
    author = models.CharField(_("shown name"), max_length=80, blank=True)  # as it was when it was written
    reference = models.CharField(max_length=80, blank=True)  # of the purchase
    verified = models.BooleanField(_("bought here"), default=False)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.PENDING)
    version = models.PositiveIntegerField(default=1)  # one more with every change: nobody decides on what was not read
    reason = models.CharField(_("why not shown"), max_length=rules.REASON_AT_MOST, blank=True)  # its author reads it
    helpful_count = models.PositiveIntegerField(_("found helpful"), default=0)
    answer = models.TextField(_("answer"), max_length=rules.BODY_AT_MOST, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(_("written"))
    submitted_at = models.DateTimeField(_("handed in"))  # written, or last changed
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        permissions = [("moderate_review", _("Can approve, reject and answer reviews"))]
        constraints = [
            models.UniqueConstraint(fields=["core", "user"], name="review_once"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="review_one_to_five_stars"),
            models.CheckConstraint(
                condition=Q(status="pending", decided_at=None) | Q(~Q(status="pending"), decided_at__isnull=False),
                name="review_decided_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["core", "-created_at"], condition=Q(status="approved"), name="review_shown"),
            models.Index(fields=["status", "submitted_at"], name="review_queue"),
            models.Index(fields=["user", "-created_at"], name="review_of_user"),
        ]

    def __str__(self) -> str:
        return self.title or self.body[:60]

    @property
    def is_shown(self) -> bool:
        return self.status == Status.APPROVED

    @property
    def all_pictures(self) -> list[ReviewPicture]:
        """In their order, without what was uploaded. One query, none after `selectors.with_pictures`."""
        told = getattr(self, "picture_facts", None)
        if told is None:
            return list(self.pictures.defer("original").order_by("position"))
        return [ReviewPicture(review=self, **facts) for facts in told]


class ReviewPicture(models.Model):
    """A picture below a review. What was uploaded stays in the row, out of everybody's reach (it may tell where it was
    taken), until a task has made clean ones of it."""

    wagtail_reference_index_ignore = True

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField()
    key = models.UUIDField(default=uuid.uuid4, editable=False)  # names its files: nobody guesses them
    original = models.BinaryField(null=True)
    large = models.FileField(blank=True)
    small = models.FileField(blank=True)
    width = models.PositiveIntegerField(default=0)  # of the large one
    height = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "position"], name="review_picture_once"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=rules.PICTURES_AT_MOST), name="review_pictures_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"picture {self.position}"

    @property
    def is_ready(self) -> bool:
        return bool(self.large)


class HelpfulVote(models.Model):
    wagtail_reference_index_ignore = True

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "user"], name="helpful_vote_once")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.review_id}"
