"""The quick starts are run as they stand: every block, in order, in one process."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.frontend.built import FRONTEND, NODE_SECONDS, TIMEOUT, ensure_built

DOCUMENTS = Path(__file__).resolve().parents[2] / "docs" / "api"


def blocks(document: str, language: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", (DOCUMENTS / document).read_text(), re.DOTALL)
    assert len(found) >= 5
    return found


def run(command: list[str], shop, **options) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=NODE_SECONDS,
        env=os.environ | {"SHOP": shop.url}, **options,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout.rstrip()


def test_curl_leads_from_sign_up_to_a_paid_order(shop):
    script = "set -e\nset -o pipefail\n" + "\n".join(blocks("quickstart.md", "sh"))
    assert run(["bash", "-c", script], shop).endswith("paid")


def test_python_leads_from_sign_up_to_a_paid_order(shop):
    said = run([sys.executable, "-c", "\n".join(blocks("quickstart-python.md", "python"))], shop)
    assert said.endswith("paid") and "PIN" in said


@pytest.mark.node
@TIMEOUT
def test_typescript_has_the_right_types_and_leads_to_a_paid_order(shop):
    ensure_built()
    folder = FRONTEND / "node_modules" / ".quickstart"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(FRONTEND / "src" / "api" / "schema.d.ts", folder)
    (folder / "quickstart.ts").write_text("\n".join(blocks("quickstart-typescript.md", "ts")))
    (folder / "package.json").write_text('{"type": "module"}')
    *_, last = re.findall(r"```sh\n(.*?)```", (DOCUMENTS / "quickstart-typescript.md").read_text(), re.DOTALL)
    # What npm would install there stands one folder above, and is found from here.
    assert run(["bash", "-e", "-c", last.replace("npx ", "../.bin/")], shop, cwd=folder).endswith("paid")


def test_what_is_read_in_content_is_there(shop):
    text = (DOCUMENTS / "content.md").read_text()
    read = [path for path in re.findall(r'^ +curl (?:-i )?"\$SHOP([^"]+)"', text, re.MULTILINE) if "$" not in path]
    assert len(read) >= 6
    for path in read:
        answer = requests.get(shop.url + path, timeout=30)
        assert answer.status_code == (403 if path == "/api/preview/" else 200), path
        assert answer.json() != {"meta": {"total_count": 0}, "items": []}, path
