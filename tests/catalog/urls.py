from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from catalog.storefront.urls import urlpatterns as storefront
from shop.urls import urlpatterns as shop

urlpatterns = [
    path("api/", include("catalog.api.urls")),
    *i18n_patterns(*storefront, prefix_default_language=False),
    *shop,
]
