from django.apps import AppConfig


class OrderConfig(AppConfig):
    name = "checkout.order"
    label = "order"

    def ready(self) -> None:
        from checkout.order import (  # noqa: F401
            count_subscribers,
            letter_subscribers,
            limit_subscribers,
            opinion_subscribers,
            parcel_subscribers,
            personal_data,
            purchases,
            review_subscribers,
            subscribers,
            tasks,
        )
        from checkout.order.notices.kinds import register_kinds
        from shop.accounts.roles import MERCHANDISER, SUPPORT, grant

        register_kinds()
        grant(MERCHANDISER, "order.view_order", "order.fulfill_order")
        grant(SUPPORT, "order.view_order", "order.fulfill_order", "order.cancel_order", "order.change_address")
        grant(SUPPORT, "order.view_return", "order.handle_return", "order.review_order")
