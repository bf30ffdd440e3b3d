from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents.views import serve as documents

from catalog.storefront.sitemaps import SITEMAPS
from catalog.storefront.urls import page_patterns
from checkout.storefront import react_app
from shop import health
from shop.accounts.storefront.entry import staff_sign_in

urlpatterns = [
    path("healthz", health.show_alive),
    path("readyz", health.show_ready),
    path("metrics", health.show_metrics),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS}),
    path(
        "sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="django.contrib.sitemaps.views.sitemap"
    ),
    path("api/", include("shop.api_urls")),
    path("app/pay-window/", react_app.pay_window),
    path("app/assets/<path:path>", react_app.app_file),
    re_path(r"^app/(?P<path>.*)$", react_app.app_page),
    path("admin/login/", staff_sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:document_id>/<path:document_filename>", documents.serve, name="wagtaildocs_serve"),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        documents.authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("django-admin/login/", staff_sign_in),
    path("django-admin/", admin.site.urls),
]
if settings.SERVE_MEDIA:
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}))

urlpatterns += i18n_patterns(
    path("", include("catalog.storefront.urls")),
    path("account/notices/", include("shop.notifications.storefront.urls")),
    path("account/", include("shop.accounts.storefront.urls")),
    path("", include("shop.privacy.storefront.urls")),
    path("", include("checkout.storefront.urls")),
    *page_patterns,
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
