"""`{number}` in an edited text. Plain substitution: nothing is looked up, called or evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# What an empty value takes with it: "Thank you, {name}." without a name is "Thank you."
WITH_COMMA = re.compile(r"(,?[ \t]*)\{([a-z_]+)\}")


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Put facts in. A placeholder that has none stays as it is written."""

    def put(found: re.Match[str]) -> str:
        before, name = found.groups()
        if name not in facts:
            return found[0]
        return f"{before}{facts[name]}" if facts[name] else ""

    return WITH_COMMA.sub(put, text)


def paragraphs(text: str) -> list[str]:
    return [kept for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if (kept := part.strip())]


def unknown(text: str, allowed: Iterable[str]) -> list[str]:
    """What stands in braces, or is a lone brace, and is no allowed placeholder; in the order of the text."""
    rest = PLACEHOLDER.sub(lambda found: "" if found[1] in set(allowed) else found[0], text)
    return list(dict.fromkeys(re.findall(r"\{[^{}\n]*\}|[{}]", rest)))
