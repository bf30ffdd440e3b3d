from django.apps import AppConfig
from django.conf import settings


class ShopConfig(AppConfig):
    name = "shop"
    label = "shop"

    def ready(self) -> None:
        if settings.CELERY_BROKER_URL:
            from shop.celery import announce
            from shop.core.tasks.announcing import announce_through

            announce_through(announce)
