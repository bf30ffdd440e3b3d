"""A refusal of what a caller asked. Each gateway has its own shape for its API; control calls use this one."""

from typing import Any


class Refusal(Exception):
    """An answer other than 2xx. `description` is for people."""

    def __init__(self, description: str, *, status: int = 400, field: str | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.field = field

    def as_json(self) -> dict[str, Any]:
        return {"error": {"description": self.description, "field": self.field}}


def no_such_call() -> Refusal:
    return Refusal("The requested URL was not found on the server.", status=404)
