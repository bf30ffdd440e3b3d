"""Everything under `/api/`. Each door lists its own paths."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularSwaggerSplitView

from shop.core.api.document import DocumentView
from shop.core.api.nowhere import NowhereView

urlpatterns = [
    path("schema/", DocumentView.as_view(), name="api_schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api_schema"), name="api_docs"),
    path("", include("catalog.api.urls")),  # first: it is asked most
    path("", include("shop.accounts.api.urls")),
    path("", include("shop.notifications.api.urls")),
    path("", include("shop.privacy.api.urls")),
    path("", include("checkout.api.urls")),
    path("", include("cms_pages.api.urls")),
    re_path(r"^(?:[\s\S]*/)?$", NowhereView.as_view()),  # last; without a slash at the end the middleware adds one
]
