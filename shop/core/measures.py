"""What rooms add to `/metrics`: a name and a function that counts, asked when somebody looks.

@measure("shop_complaints_overdue")
def count_overdue() -> int: ...           # one cheap query
"""

from __future__ import annotations

from collections.abc import Callable

Count = Callable[[], float]
measures: dict[str, Count] = {}


def measure(name: str) -> Callable[[Count], Count]:
    def register(function: Count) -> Count:
        measures[name] = function
        return function

    return register
