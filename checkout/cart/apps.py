from django.apps import AppConfig


class CartConfig(AppConfig):
    name = "checkout.cart"
    label = "cart"
