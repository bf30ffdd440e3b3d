"""A hundred people want the same thing at once, and there are thirty of it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any

from bench.client import Connection, Unexpected
from bench.works import ORDER

BUYERS, UNITS = 100, 30
REFUSED = (409, 422)


def rush(port: int, wanted: Mapping[str, int]) -> dict[str, Any]:
    """Every buyer fills a cart, all order together. Tells how it ended: orders, clear refusals, and anything else."""
    connections = [Connection(port) for _ in range(BUYERS)]
    tokens = [_fill(connection, wanted) for connection in connections]
    start, outcomes = threading.Barrier(BUYERS), Counter()
    threads = [
        threading.Thread(target=_buy, args=(connection, token, start, outcomes))
        for connection, token in zip(connections, tokens, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {"buyers": BUYERS, "units": UNITS, "orders": outcomes["201"], "refused": outcomes["refused"]}
    rest = {name: number for name, number in outcomes.items() if name not in ("201", "refused")}
    return told | {"others": rest, "reached": (told["orders"], told["refused"]) == (UNITS, BUYERS - UNITS)}


def _fill(connection: Connection, wanted: Mapping[str, int]) -> str:
    body = {"product_id": wanted["product"], "variant_id": wanted["variant"], "quantity": 1}
    token = connection.call("POST", "/api/cart/items/", body=body, expect=201).headers["x-cart-token"]
    connection.close()
    return token


def _buy(connection: Connection, token: str, start: threading.Barrier, outcomes: Counter) -> None:
    start.wait()
    try:
        answer = connection.call("POST", "/api/order/", headers={"X-Cart-Token": token}, body=ORDER, expect=0)
        outcomes[_outcome(answer)] += 1
    except (OSError, Unexpected) as error:
        outcomes[f"no answer: {type(error).__name__}"] += 1


def _outcome(answer: Any) -> str:
    """A refusal is clear when it says in machine words that the stock is short."""
    if answer.status in REFUSED and answer.json().get("code") == "out_of_stock":
        return "refused"
    return str(answer.status)
