from django.apps import AppConfig


class ViewedConfig(AppConfig):
    name = "catalog.viewed"
    label = "viewed"

    def ready(self) -> None:
        from catalog.viewed import personal_data, retention  # noqa: F401
