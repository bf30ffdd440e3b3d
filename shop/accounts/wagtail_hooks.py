from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from shop.accounts.backoffice.second_factor import ResetSecondFactor
from shop.accounts.backoffice.users import reset_buttons
from shop.core.backoffice.log_formats import tell


@hooks.register("register_admin_urls")
def admin_urls():
    return [path("users/<int:pk>/second-factor/", ResetSecondFactor.as_view(), name="reset_second_factor")]


@hooks.register("register_user_listing_buttons")
def listing_buttons(user, request_user):
    return reset_buttons(user, request_user, getattr(user, "has_factor", False))


@hooks.register("register_log_actions")
def log_actions(actions):
    tell(actions, "customer.second_factor", _("Second factor"), lambda _data: str(_("Second factors taken away")))
