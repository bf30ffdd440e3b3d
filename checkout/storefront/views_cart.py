"""The cart: its page, its drawer, its lines, its count."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from catalog.wishlist.selectors import wished_ids
from checkout.api.limits import count_cart_write
from checkout.cart.models import CartLine
from checkout.cart.selectors import count_pieces, saved_items, this_cart
from checkout.cart.services.put_line import set_quantity
from checkout.cart.services.put_product import put_product
from checkout.cart.services.show_cart import remember_shown
from checkout.storefront.caller import keep_cart_token, know_cart_token, page_caller
from checkout.storefront.cart_context import cart_page, saved_lines
from checkout.storefront.cart_forms import AddForm, LineForm
from checkout.storefront.pages import page, say, see_other, show
from checkout.storefront.shopper import cart_of, shopper_of
from shop.core.api.context import page_context
from shop.core.errors import Invalid, NotThere, Refusal
from shop.core.origin import own_pages_only
from shop.notifications.selectors import unread_count


@page("GET", "HEAD")
def show_cart(request: HttpRequest) -> HttpResponse:
    shopper = shopper_of(request)
    cart = cart_page(shopper.view, shopper.context)
    saved = saved_lines(saved_items(this_cart(shopper.cart), shopper.context), shopper.context)
    answer = show(request, "checkout/cart.html", _("Your cart"), cart=cart, saved=saved)
    remember_shown(shopper.view)
    return answer


@page("GET", "HEAD")
def count(request: HttpRequest) -> HttpResponse:
    """For the header: pages are the same for everybody and ask for this afterwards. `notices` on the bell
    and `wished`, the full hearts, for those who are signed in."""
    user = request.user
    told = {"notices": unread_count(user), "wished": wished_ids(user)} if user.is_authenticated else {}
    return JsonResponse({"count": count_pieces(cart_of(page_caller(request)))} | told)


@own_pages_only
@page("POST")
def add(request: HttpRequest) -> HttpResponse:
    caller = page_caller(request)
    try:
        count_cart_write(request, caller)
        put = put_product(caller=caller, context=page_context(request), **_wanted(request))
    except Refusal as refusal:
        return _refused(request, refusal)
    know_cart_token(request, put.new_token)
    if request.htmx:  # type: ignore[attr-defined]
        return keep_cart_token(request, _drawer(request, added={"name": put.item.name}), put.new_token)
    messages.success(request, _("%(name)s is in your cart.") % {"name": put.item.name})
    return keep_cart_token(request, see_other("checkout:cart"), put.new_token)


def _wanted(request: HttpRequest) -> dict:
    form = AddForm(request.POST)
    if form.errors.get("quantity"):
        raise Invalid(_("Say how many: 1 to 999."))
    if not form.is_valid():
        raise Invalid(_("Choose a piece first."))
    typed = form.cleaned_data
    return {"product_id": typed["product"], "variant_id": typed["variant"], "quantity": typed["quantity"]}


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return _drawer(request, refusal.status, error={"title": _("Not added"), "text": say(refusal)})
    messages.error(request, say(refusal))
    return see_other("checkout:cart")


def _drawer(request: HttpRequest, status: int = 200, **told: dict) -> HttpResponse:
    shopper = shopper_of(request)
    cart = cart_page(shopper.view, shopper.context)
    return show(request, "checkout/cart_drawer.html", "", status, cart=cart, **told)


@page("POST")
def change_line(request: HttpRequest, line_id: int) -> HttpResponse:
    line = _line_of(request, line_id)
    wanted = LineForm(request.POST).wanted(line.quantity)
    try:
        if wanted is None:
            raise Invalid(_("Say how many: 1 to 999."))
        count_cart_write(request, page_caller(request))
        item = set_quantity(line=line, quantity=wanted, context=page_context(request))
    except Refusal as refusal:
        messages.error(request, say(refusal))
    else:
        messages.success(request, _("Changed.") if item else _("Taken out."))
    return see_other("checkout:cart")


def _line_of(request: HttpRequest, line_id: int) -> CartLine:
    cart = cart_of(page_caller(request))
    line = CartLine.objects.filter(cart=cart, pk=line_id).first() if cart else None
    if line is None:
        raise NotThere
    return line
