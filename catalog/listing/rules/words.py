"""Words: how texts are searched in each language, and which words a search may be spelled with."""

from __future__ import annotations

import re

CONFIGURATIONS = {"en": "shop_en", "hi": "shop_hi"}
_LETTER = r"(?:[^\W\d_]|[\u0900-\u0963\u0971-\u097f])"
_WORD = re.compile(rf"{_LETTER}{{3,40}}")


def configuration(locale: str) -> str:
    """The text search configuration of a language."""
    return CONFIGURATIONS.get(locale, "shop_simple")


def words_in(text: str) -> set[str]:
    """Words of three letters and more, for the spelling of searches."""
    return {word.lower() for word in _WORD.findall(text)}
