from django.urls import path

from cms_pages.api import addresses, frame, pages, preview

urlpatterns = [
    path("pages/", pages.PagesView.as_view()),
    path("pages/find/", pages.FindPageView.as_view()),
    path("pages/<int:page_id>/", pages.PageView.as_view()),
    path("preview/", preview.PreviewView.as_view()),
    path("navigation/", frame.NavigationView.as_view()),
    path("settings/", frame.SettingsView.as_view()),
    path("resolve/", addresses.ResolveView.as_view()),
    path("translations/", addresses.TranslationsView.as_view()),
    path("redirects/", addresses.RedirectsView.as_view()),
    path("sitemap/", addresses.SitemapView.as_view()),
]
