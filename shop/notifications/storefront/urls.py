"""Under /account/notices/."""

from django.urls import path

from shop.notifications.storefront import stop, views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("read/", views.read_all, name="read_all"),
    path("<int:notification_id>/", views.follow, name="follow"),
    path("<int:notification_id>/delete/", views.delete, name="delete"),
    path("preferences/", views.preferences, name="preferences"),
    path("stop/<str:token>/", stop.stop, name="stop"),
]
