from __future__ import annotations

from django.core.files.storage import default_storage
from django_tasks import task

from catalog.reviews.services import ask_for_reviews as asking
from catalog.reviews.services import prepare_picture as preparing


@task(priority=-10)
def prepare_picture(picture_id: int) -> None:
    preparing.prepare_picture(picture_id=picture_id)


@task(priority=-50)
def delete_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


@task(priority=-50)
def ask_for_reviews(user_id: int, product_ids: list[int], reference: str) -> None:
    asking.ask_for_reviews(user_id=user_id, product_ids=product_ids, reference=reference)
