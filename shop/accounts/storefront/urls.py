"""Under /account/. The pages of orders are the checkout wing's."""

from django.urls import path

from shop.accounts.storefront import account, entry, passwords

app_name = "accounts"
urlpatterns = [
    path("", account.overview, name="account"),
    path("login/", entry.sign_in, name="login"),
    path("signup/", entry.sign_up, name="signup"),
    path("logout/", entry.sign_out, name="logout"),
    path("password/", passwords.change, name="password"),
    path("password/change/", passwords.change, name="password_change"),
    path("password/reset/", passwords.ask_reset, name="password_reset"),
    path("password/reset/done/", passwords.reset_asked, name="password_reset_done"),
    path("password/reset/choose/", passwords.choose_password, name="password_reset_choose"),
    path("password/reset/<str:key>/", passwords.open_reset_link, name="password_reset_link"),
    path("verify/", passwords.send_verification, name="send_verification"),
    path("verify/<str:token>/", passwords.verify, name="verify"),
    path("profile/", account.profile, name="profile"),
    path("addresses/", account.addresses, name="addresses"),
    path("addresses/add/", account.add_address, name="address_add"),
    path("addresses/<int:address_id>/", account.edit_address, name="address_edit"),
    path("addresses/<int:address_id>/edit/", account.edit_address),
    path("addresses/<int:address_id>/delete/", account.remove_address, name="address_delete"),
    path("addresses/<int:address_id>/default/", account.make_default, name="address_default"),
]
