"""Schemathesis over the whole OpenAPI document: every check, every phase, as one caller at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drf_spectacular.generators import SchemaGenerator

SETTINGS = Path(__file__).with_name("schemathesis.toml")
PHASES = "examples,coverage,fuzzing,stateful"


@dataclass
class Found:
    """What one run of a kind came to. `failures` are texts that tell how to see them again."""

    run: str
    name: str
    cases: int = 0
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0


def explore(
    address: str, identity: str, *, seed: int, folder: Path, examples: int = 0, seconds: int = 0, phases: str = PHASES
) -> Found:
    """Either `examples` for each operation, or as many as `seconds` allow."""
    folder.mkdir(parents=True, exist_ok=True)
    told = folder / f"{identity}.ndjson"
    told.unlink(missing_ok=True)
    document_at = folder / "openapi.json"
    document_at.write_text(json.dumps(document(), default=str))
    # fmt: off
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(SETTINGS), "run",
        str(document_at), "--url", address, "--phases", phases, "--seed", str(seed),
        "--report", "ndjson", "--report-ndjson-path", str(told), "--continue-on-failure", "--no-shrink",
        *(["--max-examples", str(examples)] if examples else []), *(["--max-time", str(seconds)] if seconds else []),
        *(["--header", f"Authorization: Bearer fuzz-{identity}"] if identity != "guest" else []),
    ]
    # fmt: on
    ended = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    (folder / f"{identity}.txt").write_text(ended.stdout + ended.stderr)
    return read(told, identity)


def read(told: Path, identity: str) -> Found:
    found = Found("schemathesis", identity)
    for line in told.read_text().splitlines() if told.exists() else ():
        _count(json.loads(line), found)
    return found


def _count(event: dict[str, Any], found: Found) -> None:
    recorder = event.get("ScenarioFinished", {}).get("recorder") or {}
    found.cases += len(recorder.get("interactions", {}))
    for name, checks in recorder.get("checks", {}).items():
        found.failures += [
            _told(check, recorder["cases"][name]["value"]) for check in checks if check["status"] == "failure"
        ]


def _told(check: dict[str, Any], case: dict[str, Any]) -> str:
    failure = (check.get("failure_info") or {}).get("failure", {})
    sent = {name: case[name] for name in ("path_parameters", "query", "body", "media_type") if case.get(name)}
    said = " ".join(str(failure.get("message", "")).split())[:200]
    return f"{check['name']}: {case['method']} {case['path']} {json.dumps(sent, ensure_ascii=False)[:200]}: {said}"


def document() -> dict[str, Any]:
    """The OpenAPI document without XML bodies: Schemathesis' spelling of a wrong type in XML (`null` for nothing) is a
    text as good as any. XML has tests of its own."""
    told = SchemaGenerator().get_schema(request=None, public=True)
    for operations in told["paths"].values():
        for operation in operations.values():
            operation.get("requestBody", {}).get("content", {}).pop("application/xml", None)
    told["paths"] = {path: told["paths"][path] for path in told["paths"] if path not in ("/api/schema/", "/api/docs/")}
    return told
