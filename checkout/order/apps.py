from django.apps import AppConfig


class OrderConfig(AppConfig):
    name = "checkout.order"
    label = "order"

    def ready(self) -> None:
        from checkout.order import letter_subscribers, personal_data, subscribers, tasks  # noqa: F401
        from checkout.order.notices.kinds import register_kinds
        from shop.accounts.roles import MERCHANDISER, SUPPORT, grant

        register_kinds()
        grant(MERCHANDISER, "order.view_order", "order.fulfill_order")
        grant(SUPPORT, "order.view_order", "order.fulfill_order", "order.cancel_order")
