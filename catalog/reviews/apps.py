from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "catalog.reviews"
    label = "reviews"

    def ready(self) -> None:
        from catalog.reviews import letter_subscribers, personal_data, selectors, subscribers, tasks  # noqa: F401
        from catalog.reviews.notices import register_kinds
        from shop.accounts.roles import MERCHANDISER, grant

        register_kinds()
        grant(MERCHANDISER, "reviews.view_review", "reviews.moderate_review")
