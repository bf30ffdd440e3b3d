"""What people say of a product: the list of it, and the button below each review. The same for everybody."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from catalog.api.parameters import paging_of
from catalog.api.product_reviews import asked_for
from catalog.listing.interface import catalogue
from catalog.reviews.models import Review
from catalog.reviews.selectors import shown_of, stars_of
from catalog.reviews.services.vote_helpful import vote_helpful
from catalog.storefront.page_cache import keep
from catalog.storefront.review_context import bars, shown, summary, write_url
from catalog.storefront.seo import seo
from shop.accounts.storefront.going_on import with_next
from shop.core.api.context import page_context, page_locale
from shop.core.errors import Refusal
from shop.core.origin import own_pages_only

PAGE_SIZE = 10


def product_reviews(request: HttpRequest, slug: str) -> HttpResponse:
    context = page_context(request)
    found = catalogue().detail_by_slug(slug, context)
    if found is None:
        raise Http404
    product = json.loads(found)
    try:
        page, _size, _tree = paging_of(request)
        rating, ordering = asked_for(request)
    except Refusal:
        return redirect(request.path)
    stars = stars_of(product["id"])
    count = stars[rating] if rating else sum(stars.values())
    rows = shown_of(product["id"], rating=rating, ordering=ordering)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    shown_page = {
        "product": product | summary(stars),
        "reviews": {"items": [shown(review, context.locale) for review in rows], "bars": _bars(request, stars, rating)},
        "chosen": rating, "sorts": _sorts(request, ordering), "count": count,
        "next_url": _address(request, page=page + 1) if page * PAGE_SIZE < count else "",
        "previous_url": _address(request, page=page - 1) if page > 1 else "",
        "write_url": write_url(product["id"], context.locale), "back_url": product["url"], "all_url": request.path,
        "breadcrumbs": _crumbs(product), "seo": _seo(request, product, page),
    }  # fmt: skip
    return keep(render(request, "catalog/reviews.html", shown_page), ["site", f"prod-{product['id']}"])


@own_pages_only
@never_cache
@require_POST
def say_helpful(request: HttpRequest, review_id: int) -> HttpResponse:
    """Answers with the part of the page that asked; without script with a page of its own."""
    if not request.user.is_authenticated:
        return _sign_in_first(request, review_id)
    helpful = request.POST.get("back") != "1"
    try:
        number = vote_helpful(review_id=review_id, user=request.user, helpful=helpful, at=timezone.now())
    except Refusal as refusal:
        return _answer(request, review_id, refusal.status, told=str(refusal.detail))
    return _answer(request, review_id, 200, helpful_count=number, voted=helpful)


def _sign_in_first(request: HttpRequest, review_id: int) -> HttpResponse:
    url = with_next("accounts:login", _page_of(review_id))
    if getattr(request, "htmx", False):
        return _answer(
            request, review_id, 200, told=_("Sign in first, so that everybody counts once."), sign_in_url=url
        )
    return redirect(url)


def _answer(request: HttpRequest, review_id: int, status: int, **told: Any) -> HttpResponse:
    part = bool(getattr(request, "htmx", False))
    template = "catalog/review_helpful.html" if part else "catalog/review_helped.html"
    context = {"review": {"id": review_id, **told}, "back_url": "" if part else _page_of(review_id), "asked": True}
    return render(request, template, context, status=status)


def _page_of(review_id: int) -> str:
    """The list in which a review stands."""
    core_id = Review.objects.filter(pk=review_id).values_list("core_id", flat=True).first()
    found = catalogue().detail(core_id, _context()) if core_id else None
    return f"{json.loads(found)['url']}reviews/#review-{review_id}" if found else reverse("search")


def _context():
    from shop.core.context import ShopContext

    return ShopContext.now(locale=page_locale())


def _bars(request: HttpRequest, stars: dict[int, int], chosen: int | None) -> list[dict[str, Any]]:
    """Each leads to the reviews with so many stars; the chosen one back to all."""
    return [
        bar | {"url": _address(request, rating="" if bar["stars"] == chosen else bar["stars"], page=""),
               "chosen": bar["stars"] == chosen}
        for bar in bars(stars)
    ]  # fmt: skip


def _sorts(request: HttpRequest, chosen: str) -> list[dict[str, Any]]:
    words = [("newest", _("Newest")), ("helpful", _("Most helpful")), ("rating", _("Most stars"))]
    return [
        {"label": label, "chosen": value == chosen,
         "url": _address(request, ordering="" if value == "newest" else value, page="")}
        for value, label in words
    ]  # fmt: skip


def _address(request: HttpRequest, **changed: Any) -> str:
    kept = {name: request.GET.get(name, "") for name in ("ordering", "rating", "page")} | changed
    query = urlencode({name: value for name, value in kept.items() if value and (name, value) != ("page", 1)})
    return f"{request.path}?{query}" if query else request.path


def _crumbs(product: dict[str, Any]) -> list[dict[str, str]]:
    above = [{"title": shelf["name"], "url": shelf["url"]} for shelf in product["breadcrumbs"]]
    return [*above, {"title": product["name"], "url": product["url"]}, {"title": _("Reviews")}]


def _seo(request: HttpRequest, product: dict[str, Any], page: int) -> dict[str, Any]:
    title = _("Reviews of %(name)s") % {"name": product["name"]}
    return seo(title, path=f"{product['url']}reviews/", noindex=bool(request.GET) or page > 1)
