"""The quick start is run as it stands: every block, in order, in one shell."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "api" / "quickstart.md"


def test_copy_and_paste_leads_from_sign_up_to_a_paid_order(shop):
    blocks = re.findall(r"```sh\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    assert len(blocks) >= 5
    script = "set -e\nset -o pipefail\n" + "\n".join(blocks)
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, timeout=120,
        env=os.environ | {"SHOP": shop.url, "GATEWAY": shop.gateway},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert done.stdout.rstrip().endswith("paid")
