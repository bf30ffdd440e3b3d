from django.apps import AppConfig


class OrderConfig(AppConfig):
    name = "checkout.order"
    label = "order"

    def ready(self) -> None:
        from checkout.order import subscribers, tasks  # noqa: F401
