"""Pictures that people send: looked at before they are taken, and made anew before they are shown."""

from __future__ import annotations

import io
from typing import NamedTuple

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from shop.core.errors import Invalid

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 50_000_000
SMALLEST_SIDE = 200
FORMATS = ("JPEG", "PNG", "WEBP")
LARGE, SMALL = 1600, 320  # pixels of the longer side
BAD = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)  # what Pillow raises for broken files


class Made(NamedTuple):
    large: bytes  # WebP
    small: bytes
    width: int
    height: int


def refuse_bad_picture(content: bytes) -> None:
    """By what it holds, not by its name. Reads the header only. Raises Invalid, naming `file`."""
    if len(content) > MOST_BYTES:
        raise _refused(_("At most 8 MB. Send a smaller picture."))
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            width, height = picture.size
            picture.verify()
    except BAD:
        raise _refused(_("Send a picture as JPEG, PNG or WebP.")) from None
    if width * height > MOST_PIXELS or min(width, height) < SMALLEST_SIDE:
        raise _refused(_("At least 200 pixels on each side, and at most 50 megapixels."))


def made_anew(content: bytes) -> Made:
    """Turned as its camera meant it, without what the file says of place, time and device. Raises one of BAD."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        picture.draft("RGB", (LARGE, LARGE))  # a JPEG is read in the size that is wanted, not in its own
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((LARGE, LARGE))
    small = upright.copy()
    small.thumbnail((SMALL, SMALL))
    return Made(_webp(upright), _webp(small), *upright.size)


def _webp(picture: Image.Image) -> bytes:
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)  # pixels only
    file = io.BytesIO()
    clean.save(file, "WEBP", quality=80)
    return file.getvalue()


def _refused(why: str) -> Invalid:
    return Invalid(errors={"file": [why]})
