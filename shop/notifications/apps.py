from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "shop.notifications"
    label = "notifications"

    def ready(self) -> None:
        from shop.notifications import account_links, exporting, subscribers, tasks  # noqa: F401  registers
