"""A buyer's own reviews: what waits to be written, what was written, and where it stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.listing.postgres import cards_for
from catalog.reviews.errors import AlreadyReviewed, NotBought, NotVerified
from catalog.reviews.selectors import review_by, reviews_by, title_of, waiting_for, with_titles
from catalog.reviews.services.change_review import change_review
from catalog.reviews.services.may_review import may_review
from catalog.reviews.services.remove_picture import remove_picture
from catalog.reviews.services.withdraw_review import withdraw_review
from catalog.reviews.services.write_review import write_review
from catalog.storefront.private_pages import page, person_of
from catalog.storefront.review_context import own
from catalog.storefront.review_forms import ReviewForm
from shop.accounts.storefront.pages import show, try_form
from shop.core.api.context import page_context, page_locale
from shop.core.dates import date_text
from shop.core.errors import NotThere
from shop.core.limits import Limit, count

SHOWN = 100
WRITTEN_BY_ACCOUNT = Limit("reviews_of_account", 30, 3600)


@page("GET", "HEAD", signed_in=True)
def own_reviews(request: HttpRequest) -> HttpResponse:
    context, locale = page_context(request), page_locale()
    waiting = waiting_for(person_of(request))[:SHOWN]
    written = [(row, own(row, locale)) for row in with_titles(reviews_by(person_of(request)))[:SHOWN]]
    ids = dict.fromkeys([*(each.product_id for each in waiting), *(row.core_id for row, _told in written)])
    cards = {card["id"]: card for card in cards_for(list(ids), context)}
    return show(request, "reviews", {
        "section": "reviews",
        "waiting": [
            {"product": cards[each.product_id], "date_text": date_text(each.delivered_at, locale)}
            for each in waiting if each.product_id in cards
        ],
        "reviews": [
            told | {"card": cards.get(row.core_id, {"name": title_of(row), "url": ""})} for row, told in written
        ],
    })  # fmt: skip


@page(signed_in=True)
def write(request: HttpRequest, product_id: int) -> HttpResponse:
    product = _card(request, product_id)
    try:
        may_review(user=person_of(request), product_id=product_id)
    except AlreadyReviewed as there:
        return redirect("own_review", there.members["review_id"])
    except (NotVerified, NotBought) as refusal:
        context = {"section": "reviews", "product": product, "why": refusal}
        response = show(request, "review_refused", context)
        response.status_code = refusal.status
        return response
    form = _form(request, {})
    done = try_form(request, form, lambda **typed: _write(request, product_id, typed))
    if done is not True:
        return show(request, "review_form", {"section": "reviews", "product": product, "form": form}, done)
    messages.success(request, _("Thank you. We read it, then it stands on the page."))
    return redirect("own_reviews")


@page(signed_in=True)
def change(request: HttpRequest, review_id: int) -> HttpResponse:
    review = review_by(person_of(request), review_id)
    form = _form(request, {name: getattr(review, name) for name in ("rating", "title", "body")})
    done = try_form(request, form, lambda **typed: _change(request, review_id, typed))
    if done is not True:
        product = next(iter(cards_for([review.core_id], page_context(request))), None)
        context = {"section": "reviews", "product": product, "form": form, "review": own(review, page_locale())}
        return show(request, "review_form", context, done)
    messages.success(request, _("Changed. We read it again, then it stands on the page."))
    return redirect("own_reviews")


@page("POST", signed_in=True)
def withdraw(request: HttpRequest, review_id: int) -> HttpResponse:
    withdraw_review(review_id=review_id, user=person_of(request), at=timezone.now())
    messages.success(request, _("Your review is gone."))
    return redirect("own_reviews")


@page("POST", signed_in=True)
def take_picture_off(request: HttpRequest, review_id: int, picture_id: int) -> HttpResponse:
    remove_picture(review_id=review_id, picture_id=picture_id, user=person_of(request))
    messages.success(request, _("The picture is gone."))
    return redirect("own_review", review_id)


def _form(request: HttpRequest, initial: dict[str, Any]) -> ReviewForm:
    return ReviewForm(request.POST, request.FILES) if request.method == "POST" else ReviewForm(initial=initial)


def _write(request: HttpRequest, product_id: int, typed: dict[str, Any]) -> None:
    count(WRITTEN_BY_ACCOUNT, str(request.user.pk))
    pictures = typed.pop("file")
    write_review(
        user=person_of(request),
        product_id=product_id,
        locale=page_locale(),
        at=timezone.now(),
        pictures=pictures,
        **typed,
    )


def _change(request: HttpRequest, review_id: int, typed: dict[str, Any]) -> None:
    pictures = typed.pop("file")
    change_review(review_id=review_id, user=person_of(request), fields=typed, at=timezone.now(), pictures=pictures)


def _card(request: HttpRequest, product_id: int) -> dict[str, Any]:
    found = cards_for([product_id], page_context(request))
    if not found:
        raise NotThere
    return found[0]
