"""The Postman collection is run as it stands, by Postman's own runner."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.frontend.built import NODE_SECONDS, TIMEOUT, ensure_built

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "api" / "collection"
NEWMAN = FOLDER / "node_modules" / ".bin" / "newman"


def ensure_newman() -> None:
    ensure_built()  # skips where there is no Node
    if not NEWMAN.exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=True, timeout=NODE_SECONDS)


@pytest.mark.node
@TIMEOUT
def test_every_request_of_the_collection_answers_as_it_says(shop, tmp_path):
    ensure_newman()
    report = tmp_path / "report.json"
    done = subprocess.run(
        [NEWMAN, "run", "ecommapp.postman_collection.json", "--reporters", "cli,json", "--reporter-json-export", report,
         "--env-var", f"shop={shop.url}", "--env-var", f"gateway={shop.gateway}"],
        cwd=FOLDER, capture_output=True, text=True, timeout=NODE_SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    stats = json.loads(report.read_text())["run"]["stats"]
    assert stats["requests"]["total"] >= 30 and stats["assertions"]["total"] > stats["requests"]["total"]
