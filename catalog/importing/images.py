"""Pictures named in a catalogue: their file in a folder, and whether it is safe to open."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image, UnidentifiedImageError

from catalog.importing.errors import CellRefused, ImageRefused

LARGEST_FILE = 25 * 1024**2
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 20_000
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif", "AVIF": ".avif"}

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A picture that may be opened. `suffix` goes by its content, not by its name."""

    path: Path
    suffix: str
    width: int
    height: int


def name_image(address: str) -> str:
    """The last part of a web address, or a path inside of the folder of pictures. Raises CellRefused."""
    if _SCHEME.match(address):
        try:
            name = unquote(urlsplit(address).path.rpartition("/")[2])
        except ValueError:
            raise CellRefused("not a web address") from None
    else:
        name = address.removeprefix("./")
    if not name:
        raise CellRefused("the address of a picture names no file")
    parts = name.split("/")
    if "\\" in name or ":" in name or any(part in {"", ".", ".."} for part in parts):
        raise CellRefused("a path that leads out of the folder of pictures")
    if not name.isprintable() or len(name) > 255:
        raise CellRefused("not the name of a file")
    return name


def find_image(folder: Path, name: str) -> Path:
    """The file of this name inside of the folder; links that lead out of it are refused. Raises ImageRefused."""
    root = folder.resolve()
    try:
        path = (root / name).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        raise ImageRefused("not in the folder of pictures") from None
    if not path.is_relative_to(root):
        raise ImageRefused("leads out of the folder of pictures")
    if not path.is_file():
        raise ImageRefused("not a file")
    return path


def check_image(path: Path) -> ImageFile:
    """Opens the picture's header only. Raises ImageRefused for what is too large, broken, or no picture."""
    if path.stat().st_size > LARGEST_FILE:
        raise ImageRefused(f"larger than {LARGEST_FILE // 1024**2} MB")
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _inspect(path)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise ImageRefused("unpacks to too many pixels") from None
        except ImageRefused:
            raise
        except UnidentifiedImageError:
            raise ImageRefused("not a picture of a known kind") from None
        except Exception as error:  # decoders raise whatever they stumble over
            raise ImageRefused(f"broken ({type(error).__name__})") from error


def _inspect(path: Path) -> ImageFile:
    with Image.open(path, formats=tuple(SUFFIXES)) as image:
        width, height = image.size
        if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
            raise ImageRefused(f"{width} × {height} pixels are too many")
        suffix = SUFFIXES[image.format or ""]
        image.verify()
    return ImageFile(path, suffix, width, height)
