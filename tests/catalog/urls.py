from django.urls import include, path

from shop.urls import urlpatterns as shop

urlpatterns = [path("api/", include("catalog.api.urls")), *shop]
