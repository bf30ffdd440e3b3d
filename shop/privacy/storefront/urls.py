"""Pages, in every language."""

from django.urls import path

from shop.privacy.storefront import choices, your_data

app_name = "privacy"
urlpatterns = [
    path("privacy/choices/", choices.choices, name="choices"),
    path("account/data/", your_data.your_data, name="your_data"),
    path("account/data/export/", your_data.export, name="export"),
    path("account/data/close/", your_data.close, name="close"),
]
