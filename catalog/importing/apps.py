from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "catalog.importing"
    label = "importing"

    def ready(self) -> None:
        from catalog.importing import subscribers  # noqa: F401
