"""One caller in a process of its own: which database the settings name is a process's."""

from __future__ import annotations

import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.test")


def explore_as(identity: str, folder: Path, seed: int, examples: int, seconds: int) -> dict[str, Any]:
    import django

    django.setup()
    from tests.fuzz.contract import explore
    from tests.fuzz.ground import opened_shop, stocked_database

    began = time.monotonic()
    with stocked_database(), opened_shop() as address:
        found = explore(address, identity, seed=seed, folder=folder, examples=examples, seconds=seconds)
    found.seconds = time.monotonic() - began
    return asdict(found)
