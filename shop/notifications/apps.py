from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "shop.notifications"
    label = "notifications"

    def ready(self) -> None:
        from shop.accounts.roles import MERCHANDISER, SUPPORT, grant
        from shop.notifications import (  # noqa: F401  registers
            account_kinds,
            account_links,
            exporting,
            retention,
            subscribers,
            tasks,
        )
        from shop.notifications.storefront import sign_out  # noqa: F401

        texts = ("view", "add", "change", "delete")
        grant(MERCHANDISER, *(f"notifications.{act}_noticetext" for act in texts))
        grant(SUPPORT, "notifications.view_notification", "notifications.resend_notification")
