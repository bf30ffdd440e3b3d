"""What can go wrong while a catalogue file is read: with the file as a whole, or with one cell of it."""

from __future__ import annotations


class CatalogFileRefused(Exception):
    """The file cannot be read as a whole, so nothing of it is imported. `line` counts from 1 where it is known."""

    def __init__(self, reason: str, *, line: int | None = None):
        self.reason = reason
        self.line = line
        super().__init__(f"line {line}: {reason}" if line else reason)


class OptionRefused(ValueError):
    """An option of the import (`--map`, `--convert`, `--currency`) that says nothing sensible."""


class ImportRunning(Exception):
    """Another import is under way: two would wait for each other."""

    def __str__(self) -> str:
        return "another import is running; wait until it has ended"


class CellRefused(ValueError):
    """The reason why one cell cannot be taken; the caller knows its line and column."""


class ImageRefused(ValueError):
    """The reason why one picture file cannot be taken."""
