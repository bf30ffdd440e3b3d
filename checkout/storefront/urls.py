"""Pages of the cart, the checkout and orders, in every language."""

from django.urls import path

from checkout.storefront import (
    leaving,
    pay,
    preferences,
    views_after_order,
    views_cart,
    views_checkout,
    views_confirm,
    views_credit,
    views_orders,
)

app_name = "checkout"
urlpatterns = [
    path("cart/", views_cart.show_cart, name="cart"),
    path("cart/add/", views_cart.add, name="add"),
    path("cart/summary/", views_cart.count, name="cart_summary"),
    path("cart/items/<int:line_id>/", views_cart.change_line, name="cart_line"),
    path("checkout/", views_checkout.start, name="start"),
    path("checkout/again/", views_checkout.again, name="again"),
    path("checkout/address/", views_checkout.address, name="address"),
    path("checkout/delivery/", views_checkout.delivery, name="delivery"),
    path("checkout/payment/", views_checkout.payment, name="payment"),
    path("checkout/review/", views_checkout.review, name="review"),
    path("checkout/pay/result/<str:signed_number>/", pay.take_result, name="pay_result"),
    path("checkout/pay/leave/<str:signed>/", leaving.leave, name="pay_leave"),
    path("checkout/pay/back/<slug:gateway>/<str:receipt>/", pay.come_back, name="pay_back"),
    path("checkout/pay/<str:number>/", pay.pay, name="pay"),
    path("checkout/pay/<str:number>/method/", pay.change_method, name="pay_method"),
    path("checkout/done/<str:number>/", views_orders.done, name="done"),
    path("order/<str:number>/", views_orders.guest_order, name="order"),
    path("order/<str:number>/cancel/", views_orders.cancel_guest_order, name="order_cancel"),
    path("order/<str:number>/address/", views_after_order.guest_address, name="order_address"),
    path("order/<str:number>/return/", views_after_order.guest_return, name="order_return"),
    path("order/<str:number>/confirm/", views_confirm.guest_confirm, name="order_confirm"),
    path("account/orders/<str:number>/confirm/", views_confirm.own_confirm, name="own_order_confirm"),
    path("order/<str:number>/again/", views_after_order.guest_again, name="order_again"),
    path("account/orders/", views_orders.own_orders, name="own_orders"),
    path("account/orders/<str:number>/", views_orders.own_order, name="own_order"),
    path("account/store-credit/", views_credit.own_credit, name="store_credit"),
    path("account/orders/<str:number>/cancel/", views_orders.cancel_own_order, name="own_order_cancel"),
    path("account/orders/<str:number>/address/", views_after_order.own_address, name="own_order_address"),
    path("account/orders/<str:number>/return/", views_after_order.own_return, name="own_order_return"),
    path("account/orders/<str:number>/again/", views_after_order.own_again, name="own_order_again"),
    path("preferences/", preferences.keep_preferences, name="preferences"),
]
