"""The emulator as a process, and as a package that stands alone."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import razorpay
import requests

ROOT = Path(__file__).resolve().parents[2]
KEY = ("rzp_test_Emulator000001", "emu_key_secret_01")


@pytest.fixture
def start():
    processes = []

    def run(*flags: str) -> tuple[subprocess.Popen, dict]:
        command = [sys.executable, "-m", "emulators.razorpay", *flags]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        processes.append(process)
        return process, json.loads(process.stdout.readline())

    yield run
    for process in processes:
        process.kill()
        process.wait(timeout=10)


def test_flags_open_an_account_with_a_webhook(start, receiver):
    flags = ["--key-id", KEY[0], "--key-secret", KEY[1]]
    _, ready = start("--port", "0", *flags, "--webhook-url", receiver.url, "--webhook-secret", "hook")
    assert set(ready) == {"port", "url"} and ready["url"] == f"http://127.0.0.1:{ready['port']}"
    client = razorpay.Client(auth=KEY, base_url=ready["url"])
    order = client.order.create({"amount": 100, "currency": "INR"})
    requests.post(f"{ready['url']}/_emu/orders/{order['id']}/pay", json={"outcome": "success"}, timeout=10)
    items = requests.get(f"{ready['url']}/_emu/webhooks?idle=1", timeout=60).json()["items"]
    assert [item["status"] for item in items] == ["delivered"] * 3
    assert receiver.events()[-1] == "order.paid"


def test_it_listens_on_loopback_only(start):
    process, ready = start()
    listening = [item.laddr for item in psutil.Process(process.pid).net_connections() if item.status == "LISTEN"]
    assert [(address.ip, address.port) for address in listening] == [("127.0.0.1", ready["port"])]


def test_it_ends_with_the_process_that_started_it(start):
    process, _ = start("--until-stdin-closes")
    process.stdin.close()
    assert process.wait(timeout=10) == 0


def test_ids_differ_between_runs_unless_seeded(start):
    def first_order(*flags):
        _, ready = start("--key-id", KEY[0], "--key-secret", KEY[1], *flags)
        client = razorpay.Client(auth=KEY, base_url=ready["url"])
        return client.order.create({"amount": 100, "currency": "INR"})["id"]

    assert first_order("--seed", "a") == first_order("--seed", "a") != first_order()


@pytest.mark.parametrize("flags", [["--key-id", "x"], ["--webhook-url", "http://127.0.0.1/"]])
def test_half_an_account_is_refused(flags):
    command = [sys.executable, "-m", "emulators.razorpay", *flags]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert done.returncode == 2 and done.stdout == ""


def test_reset_closes_every_account(start):
    _, ready = start("--key-id", KEY[0], "--key-secret", KEY[1])
    requests.post(f"{ready['url']}/_emu/reset", timeout=10)
    response = requests.get(f"{ready['url']}/v1/orders", auth=KEY, timeout=10)
    assert response.status_code == 401


def test_only_the_checkouts_controls_are_open_to_browsers(gateway):
    order = gateway.order()
    for path, is_open in ((f"orders/{order['id']}/pay", True), ("reset", False), ("accounts", False)):
        response = requests.options(f"{gateway.url}/_emu/{path}", timeout=10)
        assert ("Access-Control-Allow-Origin" in response.headers) is is_open


def read_imports(path: Path) -> list[str]:
    """Return the top names of a file's absolute imports."""
    names = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names.append(node.module)
    return [name.split(".")[0] for name in names]


def test_it_imports_nothing_but_the_standard_library():
    paths = list((ROOT / "emulators").rglob("*.py"))
    assert len(paths) > 20
    for path in paths:
        assert set(read_imports(path)) <= sys.stdlib_module_names, path


def test_nothing_outside_the_tests_imports_it():
    apart = {"emulators", "tests"}
    folders = [item for item in ROOT.iterdir() if item.is_dir() and item.name not in apart]
    for folder in folders:
        if folder.name.startswith(".") or folder.name == "node_modules":
            continue
        for path in folder.rglob("*.py"):
            assert "emulators" not in read_imports(path), path
