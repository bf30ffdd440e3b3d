"""Pictures in the sizes that pages ask for. They are made ahead, in a task; a request only reads which ones exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail.images import get_image_model

WIDTHS = {"webp": (320, 480, 640, 960, 1600), "avif": (320, 480, 640)}  # AVIF above 640 px takes seconds to encode
TYPES = {"avif": "image/avif", "webp": "image/webp"}
DEFAULT_WIDTH = 640


@dataclass(frozen=True)
class Rendered:
    format: str
    url: str
    width: int
    height: int


@dataclass
class Picture:
    """An image with what exists of it. `is_complete`: every size that is wanted of it was made."""

    id: int
    url: str
    width: int
    height: int
    alt: str
    renditions: list[Rendered] = field(default_factory=list)
    missing: tuple[str, ...] = ()

    def as_json(self, alt: str = "") -> dict[str, Any]:
        """`{url, srcset, width, height, alt}` of the API; until WebP sizes exist, the picture as it was uploaded."""
        made = [r for r in self.renditions if r.format == "webp"]
        shown = min(made, key=lambda r: (abs(r.width - DEFAULT_WIDTH), r.width), default=None)
        size = {"width": self.width, "height": self.height}
        return {
            "url": shown.url if shown else self.url,
            "srcset": _srcset(made),
            **({"width": shown.width, "height": shown.height} if shown else size),
            "alt": alt or self.alt,
        }

    def with_sources(self, alt: str = "") -> dict[str, Any]:
        """The same plus `sources`, the better formats for `<picture>`."""
        made = [r for r in self.renditions if r.format == "avif"]
        sources = [{"type": TYPES["avif"], "srcset": _srcset(made)}] if made else []
        return {**self.as_json(alt), "sources": sources}


def specs_for(width: int) -> dict[str, str]:
    """Filter specs wanted of an image of this width, each with its format. Never enlarged: the first width beyond the
    picture gives it in its own size. The text must stay equal, to the letter, to what is asked of `get_rendition`."""
    return {
        f"format-{kind}|width-{wanted}": kind
        for kind, widths in WIDTHS.items()
        for smaller, wanted in zip((0, *widths), widths, strict=False)
        if smaller < width
    }


def pictures_of(image_ids: Iterable[int]) -> dict[int, Picture]:
    """Pictures by image id, in two queries."""
    ids = {id_ for id_ in image_ids if id_}
    if not ids:
        return {}
    model = get_image_model()
    images = list(model.objects.filter(pk__in=ids))
    made = _renditions(model, ids)
    return {image.pk: _picture(image, made.get(image.pk, {})) for image in images}


def image_ids_in(raw: Iterable) -> Iterator[int]:
    """Images that a stored StreamField body chooses."""
    for block in raw:
        value = block["value"] if isinstance(block, dict) else None
        image = value.get("image") if isinstance(value, dict) else None
        if isinstance(image, dict) and image.get("image"):
            yield image["image"]


def make_renditions(image_id: int) -> bool:
    """Make the sizes that are missing; returns whether there were any. Takes seconds of CPU: for tasks only."""
    image = get_image_model().objects.filter(pk=image_id).first()
    if image is None:
        return False
    missing = pictures_of([image_id])[image_id].missing
    for spec in missing:  # one at a time: a crash keeps what is done, and memory stays low
        image.get_rendition(spec)
    return bool(missing)


def _renditions(model: Any, ids: set[int]) -> dict[int, dict[str, Any]]:
    wanted = {spec for width in (1, 10**9) for spec in specs_for(width)}
    made: dict[int, dict[str, Any]] = defaultdict(dict)
    for rendition in (
        model.get_rendition_model().objects.filter(image_id__in=ids, filter_spec__in=wanted).order_by("pk")
    ):
        made[rendition.image_id][rendition.filter_spec] = rendition
    return made


def _picture(image: Any, made: Mapping[str, Any]) -> Picture:
    wanted = specs_for(image.width)
    rendered = [
        Rendered(kind, made[spec].file.url, made[spec].width, made[spec].height)
        for spec, kind in wanted.items()
        if spec in made
    ]
    return Picture(
        id=image.pk,
        url=image.file.url,
        width=image.width,
        height=image.height,
        alt=image.description or "",
        renditions=sorted(rendered, key=lambda r: r.width),
        missing=tuple(spec for spec in wanted if spec not in made),
    )


def _srcset(made: Iterable[Rendered]) -> str:
    return ", ".join(f"{r.url} {r.width}w" for r in made)
