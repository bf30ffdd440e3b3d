"""Names and contents of files that people send: no name becomes a path, a kind or a piece of a page."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from catalog.importing.errors import CellRefused, ImageRefused
from catalog.importing.images import find_image, name_image
from catalog.reviews.models import ReviewPicture
from tests.corpora.markup import runs
from tests.corpora.vectors import vectors
from tests.factories.catalog import make_product
from tests.factories.people import client_of
from tests.factories.reviews import make_review, picture_bytes, settle
from tests.factories.staff import browser_of

SAFE = re.compile(r"(?!.*\.\.)[\w\-./()+ @&$!~]+\.\w+")
NAMES = (*vectors("filename"), "z" * 300 + ".png")
FALSE = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='zxss()'/>",
    "html": b"<!doctype html><script>zxss()</script>",
    "gif with a script behind": b"GIF89a/*" + b"\0" * 40 + b"*/=1;zxss()",
    "php": b"<?php zxss(); ?>",
    "nothing": b" ",
}


def _sent(client: Client, url: str, field: str, name: str, content: bytes, kind: str = "image/png"):
    """As it is, which no client of ours would: test clients take the path off a name."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    head = (
        f'--zz\r\nContent-Disposition: form-data; name="{field}"; filename="{quoted}"\r\nContent-Type: {kind}\r\n\r\n'
    )
    body = head.encode("utf-8", "surrogatepass") + content + b"\r\n--zz--\r\n"
    return client.generic("POST", url, body, "multipart/form-data; boundary=zz", HTTP_X_REQUESTED_WITH="XMLHttpRequest")


@pytest.fixture
def review(db):
    return make_review(make_product("Chai mug"))


def test_a_picture_of_a_review_is_named_by_us(review):
    client, taken = client_of(review.user), 0
    for name in NAMES:
        answer = _sent(client, f"/api/review/{review.pk}/pictures/", "file", name, picture_bytes(width=200, height=200))
        assert answer.status_code in (201, 400), name
        assert "zfile" not in answer.content.decode() and "zhead" not in str(answer.headers.values())
        if answer.status_code == 201:
            taken += 1
            if taken == 1:
                settle()  # one is made ready; no other differs, since nothing of a name is kept
                kept = ReviewPicture.objects.get()
                assert all(re.fullmatch(r"reviews/[\w/\-]+\.webp", file.name) for file in (kept.large, kept.small))
            ReviewPicture.objects.all().delete()
    assert taken > len(NAMES) // 2


@pytest.mark.parametrize("content", FALSE)
def test_what_calls_itself_a_picture_and_is_none(review, content):
    for name in ("mug.png", "mug.svg", "mug.html"):
        answer = _sent(client_of(review.user), f"/api/review/{review.pk}/pictures/", "file", name, FALSE[content])
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["file"])
    assert not ReviewPicture.objects.exists()


def test_a_file_of_the_admin_keeps_a_name_without_a_way(db):
    office, images, documents = browser_of("admin"), get_image_model(), get_document_model()
    picture = io.BytesIO()
    Picture.new("RGB", (20, 20)).save(picture, "PNG")
    for name in NAMES:
        _sent(office, "/admin/images/multiple/add/", "files[]", name, picture.getvalue())
        _sent(office, "/admin/documents/multiple/add/", "files[]", name.replace(".png", ".txt"), b"text", "text/plain")
    kept = [one.file.name for one in (*images.objects.all(), *documents.objects.all())]
    assert [name for name in kept if not SAFE.fullmatch(name)] == []
    assert [name for name in kept if not name.endswith((".png", ".txt"))] == []
    assert images.objects.count() > 15 and all(name.startswith(("original_images/", "documents/")) for name in kept)
    for page in ("/admin/images/", "/admin/documents/"):
        assert list(runs(office.get(page).content.decode(), "zxss")) == [], page


@pytest.mark.parametrize("content", FALSE)
def test_the_admin_takes_no_false_pictures_nor_pages(db, content):
    office = browser_of("admin")
    for name in ("mug.png", "mug.svg", "mug.html", "mug.png.html"):
        assert not _sent(office, "/admin/images/multiple/add/", "files[]", name, FALSE[content]).json()["success"], name
    for name in ("mug.svg", "mug.html", "mug.js"):
        assert not _sent(office, "/admin/documents/multiple/add/", "files[]", name, FALSE[content]).json()["success"]
    assert not get_image_model().objects.exists() and not get_document_model().objects.exists()


def test_a_document_is_a_download_and_no_page(client, db, settings, tmp_path):
    settings.STORAGES |= {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage",
                                      "OPTIONS": {"location": tmp_path}}}  # fmt: skip
    settings.WAGTAILDOCS_SERVE_METHOD = "serve_view"
    kept = get_document_model().objects.create(title="Care", file=ContentFile(FALSE["html"], "care.html"))
    answer = client.get(kept.url)
    assert b"".join(answer.streaming_content) == FALSE["html"]
    assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(kept.url.replace("care.html", "other.html")).status_code == 404


def test_an_import_opens_no_file_outside_of_its_folder(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    (tmp_path / "zfile.png").touch()
    for name in (*NAMES, *(f"https://files.example/{name}" for name in NAMES)):
        try:
            found = find_image(folder, name_image(name))
        except (CellRefused, ImageRefused):
            continue
        assert found.is_relative_to(folder), name
