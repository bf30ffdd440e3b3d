from django.apps import AppConfig


class WishlistConfig(AppConfig):
    name = "catalog.wishlist"
    label = "wishlist"

    def ready(self) -> None:
        from catalog.wishlist import personal_data  # noqa: F401
