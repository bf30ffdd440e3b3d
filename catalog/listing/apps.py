from django.apps import AppConfig


class ListingConfig(AppConfig):
    name = "catalog.listing"
    label = "listing"

    def ready(self) -> None:
        from catalog.listing import image_signals, projectors, subscribers, tasks  # noqa: F401
