from django.urls import path

from checkout.api import buy_again, cart, confirm, orders, parcels, payments, returns, review, store_credit
from shop.core.api.public_reads import signed_by_sender

urlpatterns = [
    path("cart/", cart.CartView.as_view()),
    path("cart/items/", cart.CartItemsView.as_view()),
    path("cart/items/<int:item_id>/", cart.CartItemView.as_view()),
    path("cart/shipping/", cart.CartShippingView.as_view()),
    path("order/", orders.OrdersView.as_view()),
    path("order/<int:order_id>/", orders.OrderView.as_view()),
    path("order/<int:order_id>/cancel/", orders.CancelOrderView.as_view()),
    path("order/<int:order_id>/confirm/", confirm.ConfirmCashView.as_view()),
    path("order/<int:order_id>/release/", review.ReleaseOrderView.as_view()),
    path("order/<int:order_id>/buy-again/", buy_again.BuyAgainView.as_view()),
    path("order/<int:order_id>/address/", parcels.AddressView.as_view()),
    path("order/<int:order_id>/tracking/", parcels.TrackingView.as_view()),
    path("order/<int:order_id>/shipment/", parcels.ShipmentsView.as_view()),
    path("order/<int:order_id>/shipment/<int:shipment_id>/", parcels.ShipmentView.as_view()),
    path("order/<int:order_id>/return/", returns.OrderReturnsView.as_view()),
    path("order/<int:order_id>/return/<int:return_id>/", returns.ReturnView.as_view()),
    path("return/", returns.ReturnsView.as_view()),
    path("courier/webhook/<slug:courier>/", signed_by_sender(parcels.CourierWebhookView.as_view())),
    path("self/store-credit/", store_credit.StoreCreditView.as_view()),
    path("payment/create-razorpay-order/", payments.StartRazorpayView.as_view()),
    path("payment/create-stripe-session/", payments.StartStripeView.as_view()),
    path("payment/start/", payments.StartPaymentView.as_view()),
    path("payment/create/", payments.ConfirmPaymentView.as_view()),
    path("payments/", payments.ConfirmPaymentView.as_view()),
    path("payment/webhook/<slug:gateway>/", signed_by_sender(payments.WebhookView.as_view())),
    path("payment/<int:payment_id>/", payments.PaymentView.as_view()),
    path("payment/<int:payment_id>/refund/", payments.RefundView.as_view()),
]
