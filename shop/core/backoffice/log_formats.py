"""Entries of the audit log that tell what their data says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter


def tell(actions: LogActionRegistry, action: str, name: Any, message: Callable[[dict], str]) -> None:
    """Register an action; `message` makes its text from the entry's data. (Given a function, Wagtail's own
    `register_action(action, name, message)` shows the function's address.)"""
    facts = {"label": name, "format_message": lambda _self, entry: str(message(entry.data))}
    actions.register_action(action)(type("_Told", (LogFormatter,), facts))


def with_reason(what: Any, reason: str | None) -> str:
    return f"{what}: {reason}" if reason else str(what)
