"""Under /api/."""

from django.urls import path, re_path

from shop.accounts.api import addresses, own, passwords, sessions, users

urlpatterns = [
    re_path(r"^users/?$", users.People.as_view(), name="api_users"),
    re_path(r"^users/(?P<user_id>[0-9]{1,18})/?$", users.OnePerson.as_view(), name="api_user"),
    path("self/", own.OwnAccount.as_view(), name="api_self"),
    path("self/export/", own.Export.as_view(), name="api_self_export"),
    path("self/refresh/", sessions.Refresh.as_view(), name="api_self_refresh"),
    path("self/logout/", sessions.Logout.as_view(), name="api_self_logout"),
    path("self/password/", passwords.Password.as_view(), name="api_self_password"),
    path("self/password/reset/", passwords.AskReset.as_view(), name="api_self_password_reset"),
    path("self/password/reset/confirm/", passwords.ConfirmReset.as_view(), name="api_self_password_reset_confirm"),
    path("self/verify/", passwords.Verify.as_view(), name="api_self_verify"),
    path("address/", addresses.Addresses.as_view(), name="api_addresses"),
    path("address/default/", addresses.TheDefault.as_view(), name="api_address_default"),
    path("address/<int:address_id>/", addresses.OneAddress.as_view(), name="api_address"),
]
