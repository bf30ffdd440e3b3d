"""The results as a table on the screen, as JSON, and as the page that the documentation keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HEAD = ("work", "CPU ms", "× bare", "at most", "queries", "at most", "PostgreSQL CPU ms", "p50 ms", "p95 ms", "")
LEAST_SHARE = 0.8
MARKS = {True: "reached", False: "**not reached**", None: ""}


def write_json(results: Mapping[str, Any], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """A Markdown table, aligned, so that it also reads well on a screen."""
    cells = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
             for line in cells]  # fmt: skip
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    base = "" if row["ratio"] is None else f"{row['ratio']:.2f} ({row['base']})"
    return (
        row["name"], f"{row['cpu_ms']:.2f}", base, _text(row["most_ratio"]), _text(row["queries"]),
        _text(row["most_queries"]), f"{row['database_cpu_ms']:.2f}", f"{row['p50_ms']:.1f}", f"{row['p95_ms']:.1f}",
        MARKS[row["reached"]],
    )  # fmt: skip


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def flash_sentence(flash: Mapping[str, Any]) -> str:
    others = f", others: {flash['others']}" if flash["others"] else ""
    return (
        f"{flash['buyers']} buyers for {flash['units']} units: {flash['orders']} orders, "
        f"{flash['refused']} clear refusals{others} ({MARKS[flash['reached']]})."
    )


def hot_sentence(hot: Mapping[str, Any]) -> str:
    return (
        f"{hot['buyers']} buyers of one SKU: {hot['orders_per_second']:g} whole orders a second over HTTP, beside "
        f"{hot['bare_per_second']:g} bare transactions (take one unit, write one row) on such a row: "
        f"{hot['share']:.0%}. Two cores are busy with the rest of an order then. What rivals wait for is the lock: an "
        f"order holds it {hot['lock']['order_ms']:g} ms, the bare transaction {hot['lock']['bare_ms']:g} ms, so with "
        f"cores enough orders reach {hot['lock']['share']:.0%} of it; asked for are 80 % "
        f"({MARKS[hot['lock']['share'] >= LEAST_SHARE]})."
    )


def write_page(results: Mapping[str, Any], path: Path) -> None:
    path.write_text("\n".join(_page(results)) + "\n")


def _page(results: Mapping[str, Any]) -> Iterator[str]:
    yield "# Performance\n"
    yield "Written by `make bench`; do not edit. How to read it:\n"
    yield (
        "- **CPU ms** is the CPU of the web server's one process per request (user and system), the median of "
        f"{results['bounds']['rounds']} batches. Time spent waiting for PostgreSQL is not in it; PostgreSQL's own CPU "
        "(all of its processes) stands beside it.\n"
        "- **× bare** is the ratio to a bare view, measured in batches that take turns with it in the same run and in "
        "the same process, so that a busy machine slows both. `constant` answers a kilobyte of HTML; `select` reads 24 "
        "rows of five columns with one raw statement and answers `JsonResponse`. Both run under **no middleware at "
        "all**, which is the hardest comparison there is: the shop's answers carry security headers, language, "
        "sessions, CORS and ETags.\n"
        "- **queries** are statements of one request, `BEGIN` and `COMMIT` excepted.\n"
        f"- p50 and p95 are wall times at {results['bounds']['connections']} connections, with whatever else the "
        "machine did.\n"
    )
    yield f"Measured {results['at']} on {results['machine']}, {results['server']}.\n"
    for products, found in results["datasets"].items():
        yield f"## {int(products):,} products\n"
        yield table(found["rows"]) + "\n"
        yield flash_sentence(found["flash"]) + "\n"
        yield hot_sentence(found["hot"]) + "\n"
    yield "## Not yet reached\n"
    yield from _missed(results) or ["Nothing: every target of the table holds in this run."]


def _missed(results: Mapping[str, Any]) -> list[str]:
    missed = [
        f"- {int(products):,} products, {row['name']}: {_why(row)}"
        for products, found in results["datasets"].items()
        for row in found["rows"]
        if row["reached"] is False
    ]
    return missed + [
        f"- {int(products):,} products, flash sale: {flash_sentence(found['flash'])}"
        for products, found in results["datasets"].items()
        if not found["flash"]["reached"]
    ]


def _why(row: Mapping[str, Any]) -> str:
    """What is over its limit, in words."""
    said = []
    if row["most_ratio"] is not None and row["ratio"] > row["most_ratio"]:
        said.append(f"{row['ratio']:.2f} times the bare {row['base']} view instead of {row['most_ratio']:g}")
    if row["most_queries"] is not None and (row["queries"] or 0) > row["most_queries"]:
        said.append(f"{row['queries']} queries instead of {row['most_queries']}")
    if row["errors"]:
        said.append(f"errors: {row['errors'][0]}")
    return ", ".join(said)
