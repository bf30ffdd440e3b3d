"""Pictures: taken for what they hold, made anew in a task, hidden until then, gone with their review."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalog.reviews.models import Review, ReviewPicture
from tests.factories.catalog import make_product
from tests.factories.people import client_of
from tests.factories.reviews import make_buyer, make_review, picture_bytes, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(db):
    mug = make_product("Chai mug")
    return make_review(mug, user=make_buyer(mug))


def send(review, content: bytes, name: str = "mug.jpg", user=None):
    file = SimpleUploadedFile(name, content, "image/jpeg")
    url = f"/api/review/{review.pk}/pictures/"
    return client_of(user or review.user).post(url, {"file": file}, format="multipart")


def test_it_waits_then_is_shown_upright_and_tells_nothing_of_where_it_was_taken(review):
    answer = send(review, picture_bytes(width=2400, height=1200, turned=True))
    assert (answer.status_code, answer.json()["url"]) == (201, "")
    assert Review.objects.get().status == "pending"
    kept = ReviewPicture.objects.get()
    assert b"A phone" in bytes(kept.original)
    settle()
    kept.refresh_from_db()
    assert kept.original is None and (kept.width, kept.height) == (800, 1600)
    for file, size in ((kept.large, (800, 1600)), (kept.small, (160, 320))):
        content = default_storage.open(file.name).read()
        picture = Image.open(io.BytesIO(content))
        assert (picture.format, picture.size, dict(picture.getexif())) == ("WEBP", size, {})
        assert b"A phone" not in content
    own = client_of(review.user).get(f"/api/review/{review.pk}/").json()["pictures"]
    assert own[0]["url"] == kept.large.url and kept.key.hex in kept.large.url
    assert client_of().get(f"/api/product/{review.core_id}/reviews/").json()["results"] == []


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + b"\0" * 50,
                picture_bytes(width=100, height=900)],
)  # fmt: skip
def test_what_is_no_picture_for_us_is_refused(review, content):
    answer = send(review, content or b" ")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["file"])
    assert Review.objects.get().status == "approved"
    assert not ReviewPicture.objects.exists()


def test_png_and_webp_too_whatever_they_are_called(review):
    assert [send(review, picture_bytes(kind=kind), "x.exe").status_code for kind in ("PNG", "WEBP")] == [201, 201]


def test_too_large_a_file_and_one_too_many(review):
    assert send(review, picture_bytes() + b"\0" * 9_000_000).status_code == 413
    for _ in range(4):
        send(review, picture_bytes(width=200, height=200))
    fifth = send(review, picture_bytes(width=200, height=200))
    assert (fifth.status_code, fifth.json()["code"]) == (409, "too_many_pictures")


def test_nobody_puts_one_below_anothers_review(review):
    other = make_buyer(make_product("Lamp"))
    assert send(review, picture_bytes(), user=other).status_code == 404
    send(review, picture_bytes())
    picture = ReviewPicture.objects.get()
    assert client_of(other).delete(f"/api/review/{review.pk}/pictures/{picture.pk}/").status_code == 404
    assert ReviewPicture.objects.exists()


def test_files_go_with_the_picture_and_with_the_review(review):
    send(review, picture_bytes())
    send(review, picture_bytes())
    settle()
    first, second = ReviewPicture.objects.order_by("position")
    client_of(review.user).delete(f"/api/review/{review.pk}/pictures/{first.pk}/")
    settle()
    assert not default_storage.exists(first.large.name) and default_storage.exists(second.small.name)
    client_of(review.user).delete(f"/api/review/{review.pk}/")
    settle()
    assert not default_storage.exists(second.large.name) and not default_storage.exists(second.small.name)


def test_a_file_that_breaks_off_is_dropped_in_its_task(review):
    content = picture_bytes(width=1600, height=1600, kind="JPEG")
    send(review, content[: len(content) // 2])
    settle()
    assert not ReviewPicture.objects.exists()
