from django.apps import AppConfig


class ProductConfig(AppConfig):
    name = "catalog.product"
    label = "product"
