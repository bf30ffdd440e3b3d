from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin
from wagtail.users.apps import WagtailUsersAppConfig


class ShopConfig(AppConfig):
    default = True
    name = "shop"
    label = "shop"

    def ready(self) -> None:
        if settings.CELERY_BROKER_URL:
            from shop.celery import announce
            from shop.core.tasks.announcing import announce_through

            announce_through(announce)


class BareAdminConfig(admin.AdminConfig):
    """Django's admin, at /django-admin/: for superusers, to look at rows."""

    default = False
    default_site = "shop.admin_site.SuperuserSite"


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's own screens of users, with role, state and second factor."""

    default = False
    user_viewset = "shop.accounts.backoffice.users.People"
