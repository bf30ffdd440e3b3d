from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

KEY = "TRANSFER_ACCOUNT"


def read(env) -> dict[str, Any]:
    return {
        "TRANSFER_ACCOUNT": env.str("TRANSFER_ACCOUNT", default=""),
        "TRANSFER_HOOK_SECRET": env.str("TRANSFER_HOOK_SECRET", default=""),
        "TRANSFER_STATEMENT": env.str("TRANSFER_STATEMENT", default=""),
    }


def production_problems(values: Mapping[str, Any]) -> Iterator[str]:
    if values["TRANSFER_ACCOUNT"] and not values["TRANSFER_HOOK_SECRET"]:
        yield "TRANSFER_ACCOUNT is set without TRANSFER_HOOK_SECRET."
