"""The typed Python client: generated whole, and good for a purchase. Its quick start is run as it stands."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.journeys.shop import ROOT
from tests.journeys.test_quickstart import blocks, run

DOCUMENT = ROOT / "docs" / "api" / "openapi.json"


@pytest.fixture(scope="module")
def generated() -> str:
    """The folder in which `shop_client` lies; what the generator said on the way is an error."""
    folder = ROOT / ".cache" / "python_client"
    folder.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(
        [ROOT / "tools" / "python_client", folder / "shop_client"], capture_output=True, text=True, timeout=120
    )
    said = made.stdout + made.stderr
    assert made.returncode == 0, said[-3000:]
    assert "warning" not in said.lower() and said.strip().startswith("Generating"), said[-3000:]
    return str(folder)


def test_no_operation_was_left_out(generated):
    known = {
        operation["operationId"]
        for operations in json.loads(DOCUMENT.read_text())["paths"].values()
        for operation in operations.values()
    }
    made = {path.stem for path in (ROOT / ".cache/python_client/shop_client/api").glob("*/*.py")} - {"__init__"}
    assert made == known and len(known) > 150


def test_the_typed_client_leads_from_sign_up_to_an_order(generated, shop):
    script = "\n".join(blocks("quickstart-python-typed.md", "python"))
    said = run([sys.executable, "-c", f"import sys; sys.path.insert(0, {generated!r})\n{script}"], shop)
    assert said.endswith("placed") and "PIN" in said
