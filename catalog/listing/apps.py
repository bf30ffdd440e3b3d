from django.apps import AppConfig


class ListingConfig(AppConfig):
    name = "catalog.listing"
    label = "listing"

    def ready(self) -> None:
        from catalog.listing import image_signals, projectors, stock_subscribers, subscribers, tasks  # noqa: F401
        from catalog.listing.notices import register_kinds

        register_kinds()
