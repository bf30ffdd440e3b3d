from django.apps import AppConfig


class CmsPagesConfig(AppConfig):
    name = "cms_pages"
    label = "cms_pages"

    def ready(self) -> None:
        from cms_pages import freshness, views  # noqa: F401
        from cms_pages.api import preview  # noqa: F401
