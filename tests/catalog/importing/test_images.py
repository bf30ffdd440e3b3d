from __future__ import annotations

import pytest
from PIL import Image

from catalog.importing import images
from catalog.importing.errors import CellRefused, ImageRefused
from catalog.importing.images import check_image, find_image, name_image


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "secret.png").write_bytes(b"secret")
    folder = tmp_path / "pictures"
    (folder / "summer").mkdir(parents=True)
    Image.new("RGB", (40, 30), "teal").save(folder / "cup.webp")
    Image.new("RGB", (20, 10), "red").save(folder / "summer" / "jug.png")
    return folder


def test_the_last_part_of_an_address_names_the_file():
    assert name_image("https://x.example/a/b/cup%20red.webp?v=1#top") == "cup red.webp"
    assert name_image("cup.webp") == "cup.webp"
    assert name_image("./summer/jug.png") == "summer/jug.png"


@pytest.mark.parametrize(
    "address",
    [
        "../secret.png",
        "summer/../../secret.png",
        "/etc/passwd",
        "..",
        "a\\..\\b.png",
        "C:\\x.png",
        "https://x.example/a/",
        "https://x.example/%2e%2e%2fsecret.png",
        "https://x.example/..",
        "https://[bad/x.png",
        "a\0b.png",
        "x" * 300 + ".png",
    ],
)
def test_addresses_that_lead_out_of_the_folder_are_refused(address):
    with pytest.raises(CellRefused):
        name_image(address)


def test_finds_files_inside_of_the_folder_only(folder):
    assert find_image(folder, "cup.webp").name == "cup.webp"
    assert find_image(folder, "summer/jug.png").name == "jug.png"
    for name in ("gone.png", "../secret.png", "summer", ""):
        with pytest.raises(ImageRefused):
            find_image(folder, name)


def test_links_that_lead_out_are_refused(folder):
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    (folder / "loop.png").symlink_to(folder / "loop.png")
    (folder / "way").symlink_to(folder.parent)
    (folder / "same.webp").symlink_to(folder / "cup.webp")
    for name in ("link.png", "loop.png", "way/secret.png"):
        with pytest.raises(ImageRefused):
            find_image(folder, name)
    assert find_image(folder, "same.webp").name == "cup.webp"


def test_the_kind_of_a_picture_goes_by_its_content(folder):
    (folder / "cup.webp").rename(folder / "cup.jpg")
    found = check_image(folder / "cup.jpg")
    assert (found.suffix, found.width, found.height) == (".webp", 40, 30)


def test_what_is_no_picture_is_refused(folder):
    for content in (b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"\x89PNG\r\n\x1a\n" + bytes(50)):
        (folder / "x.png").write_bytes(content)
        with pytest.raises(ImageRefused):
            check_image(folder / "x.png")
    truncated = (folder / "summer" / "jug.png").read_bytes()[:60]
    (folder / "x.png").write_bytes(truncated)
    with pytest.raises(ImageRefused, match="broken"):
        check_image(folder / "x.png")


def test_a_picture_of_too_many_pixels_is_refused_by_its_header(folder):
    Image.new("1", (19_000, 19_000)).save(folder / "bomb.png")
    assert (folder / "bomb.png").stat().st_size < 100_000
    with pytest.raises(ImageRefused, match="too many"):
        check_image(folder / "bomb.png")


def test_a_picture_file_that_is_too_large_is_not_opened(folder, monkeypatch):
    monkeypatch.setattr(images, "LARGEST_FILE", 10)
    with pytest.raises(ImageRefused, match="larger than"):
        check_image(folder / "cup.webp")
