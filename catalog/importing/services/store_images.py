from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.core.files.images import ImageFile as DjangoImageFile
from wagtail.images import get_image_model
from wagtail.utils.file import hash_filelike

from catalog.importing.errors import ImageRefused
from catalog.importing.images import ImageFile, check_image, find_image


class PictureStore:
    """Pictures of a folder as Wagtail images. The same picture is stored once, however often the import runs."""

    def __init__(self, folder: Path, *, dry_run: bool = False):
        self.folder = folder
        self.dry_run = dry_run
        self.stored = 0
        self._ids: dict[str, int] = {}
        self._refused: dict[str, str] = {}

    def id_of(self, name: str) -> int | None:
        """The image's id; None for one that was refused, or is not stored yet in a dry run."""
        return self._ids.get(name)

    def why_refused(self, name: str) -> str:
        return self._refused.get(name, "")


def store_images(*, store: PictureStore, names: Iterable[str]) -> None:
    """Make the pictures of these file names known to the store. Call it outside of a transaction: an image that is on
    disk stays there. What cannot be taken is remembered with its reason."""
    for name in dict.fromkeys(names):
        if name in store._ids or name in store._refused:
            continue
        try:
            found = check_image(find_image(store.folder, name))
        except ImageRefused as error:
            store._refused[name] = str(error)
        else:
            _take(store, name, found)


def _take(store: PictureStore, name: str, found: ImageFile) -> None:
    with found.path.open("rb") as stream:
        digest = hash_filelike(stream)
    known = get_image_model().objects.filter(file_hash=digest).order_by("pk").values_list("pk", flat=True).first()
    if known is None:
        store.stored += 1
    if known is None and not store.dry_run:
        known = _store(name, found)
    if known is not None:
        store._ids[name] = known


def _store(name: str, found: ImageFile) -> int:
    stem = Path(name).stem
    title = stem.replace("-", " ").replace("_", " ").strip() or stem
    with found.path.open("rb") as stream:
        image = get_image_model()(title=title[:255].capitalize(), width=found.width, height=found.height)
        image.file = DjangoImageFile(stream, name=f"{stem[:80]}{found.suffix}")
        image._set_image_file_metadata()
        image.save()
    return image.pk
