"""Bringing the rows of one product together in a stream, wherever in the file they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from catalog.importing.amounts import shows_decimal_comma
from catalog.importing.errors import CatalogFileRefused
from catalog.importing.formats import Format, raw_text
from catalog.importing.keys import digest_parts
from catalog.importing.plain import expand_variants
from catalog.importing.records import Refusal
from catalog.importing.rows import Row, Source

MOST_ROWS = 2_000


@dataclass
class Survey:
    """What a first reading of the file tells: how many rows, and in how many runs each scattered product comes."""

    rows: int = 0
    runs: dict[str, int] = field(default_factory=dict)
    seen: set[bytes] = field(default_factory=set)

    def gives_handle(self, handle: str) -> bool:
        """Whether some row of the file brings this handle itself."""
        return _short(f"handle:{handle}") in self.seen


@dataclass
class Group:
    """The rows of one product. `key` is the same whenever the file is read."""

    key: str
    rows: list[Row]

    @property
    def too_many(self) -> bool:
        return len(self.rows) > MOST_ROWS


def survey_source(source: Source, format: Format) -> Survey:
    """Reads the whole file once, so that it is known to be readable before anything of it is imported.

    Sets the frame's repeated pictures and decimal comma. Raises CatalogFileRefused.
    """
    format.look_ahead(row for row in source.rows() if isinstance(row, Row))
    survey = Survey()
    images: set[bytes] = set()
    previous = None
    for row in source.rows():
        survey.rows += 1
        if isinstance(row, Row):
            _note_cells(row, format, images)
            group = format.group_of(row)
            if group is not None and group != previous:
                _note_run(group, survey)
            previous = group
    if not survey.rows:
        raise CatalogFileRefused("there are no rows under the headings")
    return survey


def _note_run(group: str, survey: Survey) -> None:
    digest = _short(group)
    if digest in survey.seen:
        survey.runs[group] = survey.runs.get(group, 1) + 1
    survey.seen.add(digest)


def _short(text: str) -> bytes:
    """Eight bytes instead of a text: the sets of a long file stay small."""
    return blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()


def _note_cells(row: Row, format: Format, images: set[bytes]) -> None:
    columns = format.frame.columns
    for field_name in ("price", "compare_at_price", "sale_price"):
        format.frame.decimal_comma |= shows_decimal_comma(raw_text(row, columns, field_name))
    identity = format.identity_of(row)
    if identity[0] == "image":
        digest = _short(identity[1])
        if digest in images:
            format.frame.repeated_images.add(identity[1])
        images.add(digest)


def group_rows(source: Source, format: Format, survey: Survey) -> Iterator[Group | Refusal]:
    """One group a product, as soon as its last row was read. Rows that cannot be made out pass through."""
    runs_left = dict(survey.runs)
    waiting: dict[str, Group] = {}
    ordinals: Counter[str] = Counter()
    for run in _runs(source, format):
        if isinstance(run, Refusal):
            yield run
        elif run.key.startswith("row:"):
            yield Group(_tell_apart(run.key, ordinals), run.rows)
        elif run.key not in runs_left:
            yield run
        else:
            group = waiting.setdefault(run.key, Group(run.key, []))
            group.rows += run.rows[: MOST_ROWS + 1 - len(group.rows)]
            runs_left[run.key] -= 1
            if not runs_left[run.key]:
                yield waiting.pop(run.key)


def _tell_apart(key: str, ordinals: Counter[str]) -> str:
    """Rows that agree in all that identifies them are told apart by their order."""
    ordinals[key] += 1
    return key if ordinals[key] == 1 else f"{key}#{ordinals[key]}"


def _runs(source: Source, format: Format) -> Iterator[Group | Refusal]:
    """Rows that follow each other and belong together; a row without a key is a run of its own."""
    current: Group | None = None
    for row in source.rows():
        if isinstance(row, Refusal):
            yield row
            continue
        key = format.group_of(row)
        rows = expand_variants(row, format.frame.columns.fields.get("variants"))
        if current is not None and current.key == key:
            current.rows += rows if len(current.rows) <= MOST_ROWS else []
            continue
        if current is not None:
            yield current
        current = Group(key or "row:" + digest_parts(*format.identity_of(row)), rows)
        if key is None:
            yield current
            current = None
    if current is not None:
        yield current
