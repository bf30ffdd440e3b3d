from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "catalog.inventory"
    label = "inventory"

    def ready(self) -> None:
        from catalog.inventory import projectors, tasks  # noqa: F401
        from shop.accounts.roles import MERCHANDISER, grant

        grant(MERCHANDISER, "inventory.view_stockitem", "inventory.change_stockitem", "inventory.view_stockmovement")
        grant(MERCHANDISER, "inventory.change_orderlimits")
