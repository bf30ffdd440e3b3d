"""How much credit an order may take. Pure."""

from __future__ import annotations

LEAST_LEFT = 100  # minor units; gateways take no smaller payment


def usable(balance: int, total: int) -> int:
    """What of a balance pays for a total, in minor units: all of it, or as much as leaves a rest that can be paid."""
    return total if balance >= total else max(0, min(balance, total - LEAST_LEFT))
