from django.urls import path

from bench import bare
from shop.urls import urlpatterns as of_shop

urlpatterns = [
    path("bench/constant/", bare.show_constant),
    path("bench/select24/", bare.show_rows),
    *of_shop,
]
