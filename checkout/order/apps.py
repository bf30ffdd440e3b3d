from django.apps import AppConfig


class OrderConfig(AppConfig):
    name = "checkout.order"
    label = "order"

    def ready(self) -> None:
        from checkout.order import personal_data, subscribers, tasks  # noqa: F401
