from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "catalog.inventory"
    label = "inventory"

    def ready(self) -> None:
        from catalog.inventory import projectors, tasks  # noqa: F401
