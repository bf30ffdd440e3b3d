"""Lighthouse of the React client, as a phone sees it: the median of five loads of a shop that runs.

    make frontend; make run
    .venv/bin/python tools/measure_lighthouse.py http://127.0.0.1:8000

Needs Node and Chromium. Lighthouse itself is fetched by npx; it is no part of the shop. Network and processor are
slowed down by calculation (Lighthouse's default), so figures of a busy machine are worse than they should be.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

LIGHTHOUSE = "lighthouse@12.8.2"
ATTEMPTS = 3  # on a busy machine it misses the beginning of a load now and then (NO_NAVSTART)
VIEWS = {"landing": "/app/", "category": "/app/table/", "product": "/app/product/stoneware-mug/"}
SCORES = ("performance", "accessibility", "best-practices", "seo")
TIMES = {"first-contentful-paint": "FCP ms", "largest-contentful-paint": "LCP ms", "total-blocking-time": "TBT ms",
         "cumulative-layout-shift": "CLS"}  # fmt: skip
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"


def main() -> None:
    shop, loads = sys.argv[1].rstrip("/"), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    print("| view | " + " | ".join([*SCORES, *TIMES.values()]) + " |")
    print("| --- |" + " --- |" * (len(SCORES) + len(TIMES)))
    for name, path in VIEWS.items():
        reports = [_load(shop + path) for _load_number in range(loads)]
        scores = [round(100 * _median(report["categories"][score]["score"] for report in reports)) for score in SCORES]
        times = [round(_median(report["audits"][time]["numericValue"] for report in reports), 3) for time in TIMES]
        print(f"| {name} | " + " | ".join(map(str, [*scores, *map(_short, times)])) + " |", flush=True)
        _tell_what_is_missing(reports[0])


def _load(url: str) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        words = [
            "npx",
            "--yes",
            LIGHTHOUSE,
            url,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--chrome-flags={FLAGS}",
        ]
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or ""
        environment = os.environ | ({"CHROME_PATH": chromium} if chromium else {})
        for _attempt in range(ATTEMPTS):
            done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=180, check=False)
            if done.returncode == 0:
                return json.loads(report.read_text())
        raise SystemExit(f"Lighthouse gave up on {url}: {done.stderr.strip()[-500:]}")


def _median(values) -> float:
    return statistics.median(values)


def _short(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.0f}"


def _tell_what_is_missing(report: dict) -> None:
    """To standard error: audits of the three complete categories that failed."""
    for category in SCORES[1:]:
        for part in report["categories"][category]["auditRefs"]:
            if part["weight"] and report["audits"][part["id"]]["score"] == 0:
                print(f"    {category}: {part['id']}", file=sys.stderr)


if __name__ == "__main__":
    main()
