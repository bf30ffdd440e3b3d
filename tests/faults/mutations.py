"""Bytes and JSON that somebody has damaged, by chance or on purpose."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from random import Random
from typing import Any

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 10**400, 0.1, 1e308, "", "\0", "x" * 5000, "१२३", "\ud800", "order_", "[]",
    [], {}, [[]], {"entity": None}, {"id": {"id": []}}, "' OR 1=1 --", "../../etc", "captured", "cs_live_a1", "pay_\u202e",
)  # fmt: skip
BYTES = (b"\xff", b"\0", b"{", b"}", b'"', b"\\u0000", b"NaN", b"1e999", b"\xef\xbb\xbf", b"[" * 2000, b",")
STRUCTURED = 0.6


def mutate(random: Random, body: bytes) -> bytes:
    """Sixty in a hundred are still JSON."""
    if random.random() < STRUCTURED:
        message = json.loads(body)
        for _ in range(random.randint(1, 3)):
            message = _change(random, message)
        return json.dumps(message, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
    for _ in range(random.randint(1, 4)):
        body = _spoil(random, body)
    return body


def _change(random: Random, message: Any) -> Any:
    """One value somewhere becomes odd, is gone, doubled under another name, or the whole is something else."""
    if not isinstance(message, dict) or not message or random.random() < 0.03:
        return random.choice(ODD)
    message = copy.deepcopy(message)
    at = random.choice(list(_places(message)))
    name = random.choice(list(at))
    kind = random.random()
    if kind < 0.6:
        at[name] = copy.deepcopy(random.choice(ODD))
    elif kind < 0.8:
        del at[name]
    else:
        at[str(random.choice(ODD))[:50]] = copy.deepcopy(at[name])
    return message


def _places(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if value:
        yield value
    for inner in value.values():
        if isinstance(inner, dict):
            yield from _places(inner)


def _spoil(random: Random, body: bytes) -> bytes:
    at, kind = random.randrange(len(body) + 1), random.randrange(5)
    if kind == 0:
        return body[:at]
    if kind == 1:
        return body[:at] + bytes([random.randrange(256)]) + body[at + 1 :]
    if kind == 2:
        return body[:at] + random.choice(BYTES) + body[at:]
    if kind == 3:
        return body[at:] + body[:at]
    return body[:at] + body[at + random.randint(1, 40) :]
