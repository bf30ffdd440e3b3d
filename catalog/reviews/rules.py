from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

STARS = (5, 4, 3, 2, 1)
TITLE_AT_MOST, BODY_AT_MOST, REASON_AT_MOST = 120, 5000, 500
PICTURES_AT_MOST = 4
ASK_AFTER = timedelta(days=7)  # a piece has to be used before one can tell what it is like


def average_of(total: int, count: int) -> Decimal:
    """1.0 to 5.0, half up."""
    return (Decimal(total) / count).quantize(Decimal("0.1"), ROUND_HALF_UP)


def average_of_stars(stars: Mapping[int, int]) -> Decimal | None:
    """`stars`: how many gave 1, 2, … 5."""
    count = sum(stars.values())
    return average_of(sum(rating * number for rating, number in stars.items()), count) if count else None


def public_name(name: str) -> str:
    """How a person is called in public: `Asha M.` of Asha Menon. Empty for one who told no name."""
    first, *rest = name.split() or [""]
    return f"{first} {rest[-1][0]}."[:80] if rest else first[:80]
