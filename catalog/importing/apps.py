from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "catalog.importing"
    label = "importing"
