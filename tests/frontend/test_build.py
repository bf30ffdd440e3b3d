"""What `make frontend` makes: types, unit tests, weight, and nothing that the shop's strict policy would refuse."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from checkout.storefront import react_app
from tests.frontend.built import TIMEOUT, ensure_built, npm_run

pytestmark = [pytest.mark.node, pytest.mark.slow, TIMEOUT]
FIRST_LOAD = 120 * 1024
PROGRAM = "src/main.tsx"


def test_the_types_are_those_of_our_openapi_document():
    npm_run("api:check")


def test_unit_tests():
    npm_run("test")


def test_the_first_load_is_small():
    """All JavaScript that the landing page needs, gzipped: the entry, the program that it fetches, and what that imports."""
    dist = ensure_built()
    manifest = json.loads((dist / "manifest.json").read_text())
    weight = sum(_gzipped(dist / manifest[name]["file"]) for name in _needed_at_once(manifest))
    assert 80_000 < weight <= FIRST_LOAD, f"{weight} bytes"


def test_other_views_come_when_they_are_opened():
    manifest = json.loads((ensure_built() / "manifest.json").read_text())
    later = {name for name, chunk in manifest.items() if chunk.get("isDynamicEntry")} - {PROGRAM}
    assert {"src/pages/Checkout.tsx", "src/pages/Product.tsx", "src/words/hi.ts"} <= later
    assert not later & _needed_at_once(manifest)


def test_nothing_but_the_small_entry_runs_before_the_first_view_is_painted():
    manifest = json.loads((dist := ensure_built()).joinpath("manifest.json").read_text())
    entry = next(chunk for chunk in manifest.values() if chunk.get("isEntry"))
    assert entry["dynamicImports"] == [PROGRAM]
    files = [entry["file"], *(manifest[name]["file"] for name in entry["imports"])]
    assert sum(_gzipped(dist / file) for file in files) < 2_000
    assert len(_needed_at_once(manifest)) <= 6, "a phone pays for every round trip"


def test_the_page_has_no_script_or_style_of_its_own():
    page = (ensure_built() / "index.html").read_text()
    assert re.findall(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", page) == []
    for place in (
        react_app.PLACE_OF_MARKS,
        react_app.PLACE_OF_FACTS,
        react_app.PLACE_OF_VIEW,
        react_app.PLACE_OF_ANSWERS,
    ):
        assert page.count(place) == 1, place


def _needed_at_once(manifest: dict) -> set[str]:
    waiting, needed = [PROGRAM, *(name for name, chunk in manifest.items() if chunk.get("isEntry"))], set()
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += manifest[name].get("imports", [])
    return needed


def _gzipped(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))
