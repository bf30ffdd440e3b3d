"""Pictures that come with an import."""

from __future__ import annotations

import pytest
from PIL import Image as PillowImage
from wagtail.images import get_image_model

from tests.catalog.importing.test_import import run, snapshot, source, variant

pytestmark = pytest.mark.django_db


def test_pictures_are_stored_once(tmp_path, settings):
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name, color in (("milk-frother", "teal"), ("milk-frother-red", "red"), ("milk-frother-blue", "blue")):
        PillowImage.new("RGB", (60, 40), color).save(folder / f"{name}.webp")
    report = run(tmp_path, images=folder)
    assert report.images_stored == 3 and get_image_model().objects.count() == 3
    frother = source("milk-frother")
    picture = frother.images.get().image
    assert (picture.width, picture.height) == (60, 40) and picture.file.name.endswith(".webp")
    assert variant("MILK-FROTHER-RED").image.title == "Milk frother red"
    before = snapshot()
    report = run(tmp_path, images=folder)
    assert report.images_stored == 0 and get_image_model().objects.count() == 3 and snapshot() == before


def test_pictures_that_are_missing_or_none_are_told(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "milk-frother.webp").write_bytes(b"no picture")
    report = run(tmp_path, images=folder)
    assert report.created == 2 and not get_image_model().objects.exists()
    reasons = {remark.value: remark.reason for remark in report.remarks if remark.column == "image"}
    assert "known kind" in reasons["milk-frother.webp"] and "not in the folder" in reasons["milk-frother-red.webp"]


def test_without_a_folder_pictures_of_the_shop_stay(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    PillowImage.new("RGB", (60, 40), "teal").save(folder / "milk-frother.webp")
    run(tmp_path, images=folder)
    report = run(tmp_path)
    assert source("milk-frother").images.count() == 1 and any("--images" in note for note in report.notes)
