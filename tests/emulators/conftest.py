"""The emulator as a process of its own, one fresh account per test, and a receiver for its webhooks."""

import itertools
import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import razorpay
import requests

ROOT = Path(__file__).resolve().parents[2]
HOOK_SECRET = "emu_hook_secret_01"
account_numbers = itertools.count(1)


@dataclass
class Gateway:
    """One account: `client` is the shop's side (the SDK), everything else is the control side."""

    url: str
    key_id: str
    key_secret: str
    client: razorpay.Client

    def control(self, method: str, path: str, data: dict | None = None, *, status: int = 200):
        response = requests.request(
            method, f"{self.url}/_emu/{path}", params={"key_id": self.key_id}, json=data, timeout=60
        )
        assert response.status_code == status, response.text
        return response.json()

    def order(self, amount: int = 129_900, **data) -> dict:
        return self.client.order.create({"amount": amount, "currency": "INR", **data})

    def pay(self, order: dict, outcome: str = "success", **data) -> dict:
        return self.control("POST", f"orders/{order['id']}/pay", {"outcome": outcome, **data})

    def paid(self, amount: int = 129_900, **data) -> str:
        """Return the id of a payment captured on a new order."""
        return self.pay(self.order(amount, **data))["razorpay_payment_id"]

    def switch(self, **switches) -> None:
        self.control("PATCH", f"accounts/{self.key_id}", {"switches": switches})

    def listen(self, *urls: str, **endpoint) -> None:
        endpoints = [{"url": url, "secret": HOOK_SECRET, **endpoint} for url in urls]
        self.control("PATCH", f"accounts/{self.key_id}", {"webhooks": endpoints})

    def advance(self, seconds: float) -> None:
        self.control("POST", "clock", {"advance": seconds})

    def fault(self, path: str, *, phase: str, action: dict, method: str = "POST", **data) -> None:
        match = {"method": method, "path_regex": path} | data.pop("match", {})
        self.control("POST", "faults", {"match": match, "phase": phase, "action": action, **data})

    def webhooks(self) -> list[dict]:
        """Return the outbox once nothing is under way."""
        response = requests.get(f"{self.url}/_emu/webhooks", params={"key_id": self.key_id, "idle": 1}, timeout=60)
        return response.json()["items"]

    def calls(self, method: str, path_end: str) -> list[dict]:
        items = self.control("GET", "log")["items"]
        return [item for item in items if item["method"] == method and item["path"].endswith(path_end)]

    def ledger(self) -> dict:
        ledger = self.control("GET", "ledger")
        assert ledger["problems"] == []
        return ledger


@dataclass
class Hook:
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> str:
        return json.loads(self.body)["event"]


@dataclass
class Receiver:
    """Takes webhooks; answers with `statuses` in turn, then 200, each after `delay` seconds."""

    url: str = ""
    hooks: list[Hook] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    delay: float = 0

    def events(self) -> list[str]:
        return [hook.event for hook in self.hooks]


@pytest.fixture(scope="session")
def emulator_url():
    command = [sys.executable, "-m", "emulators.razorpay", "--seed", "tests", "--until-stdin-closes"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield json.loads(process.stdout.readline())["url"]
    process.stdin.close()
    process.wait(timeout=10)


@pytest.fixture
def open_gateway(emulator_url):
    opened = []

    def open_one(**data) -> Gateway:
        key_id = f"rzp_test_{next(account_numbers):014d}"
        secret = f"secret_of_{key_id}"
        answer = requests.post(
            f"{emulator_url}/_emu/accounts", json={"key_id": key_id, "key_secret": secret, **data}, timeout=10
        )
        assert answer.status_code == 200, answer.text
        session = requests.Session()
        session.trust_env = False
        client = razorpay.Client(session=session, auth=(key_id, secret), base_url=emulator_url)
        opened.append(Gateway(emulator_url, key_id, secret, client))
        return opened[-1]

    yield open_one
    for gateway in opened:
        gateway.client.session.close()
        requests.delete(f"{emulator_url}/_emu/accounts/{gateway.key_id}", timeout=10)


@pytest.fixture
def gateway(open_gateway) -> Gateway:
    return open_gateway()


@pytest.fixture
def open_receiver():
    servers = []

    def open_one() -> Receiver:
        receiver = Receiver()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.hooks.append(Hook({name.lower(): text for name, text in self.headers.items()}, body))
                status = receiver.statuses.pop(0) if receiver.statuses else 200
                time.sleep(receiver.delay)
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
        return receiver

    yield open_one
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def receiver(open_receiver) -> Receiver:
    return open_receiver()
