"""The courier's emulator as a program: its command line, its webhooks over a real connection, its bounds."""

import hashlib
import hmac
import json
import subprocess
import sys
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
PARCEL = {"reference": "r1", "to": {"pincode": "560034"}}


def start(*arguments: str) -> tuple[subprocess.Popen, str]:
    command = [sys.executable, "-m", "emulators.courier", "--key", "k", "--until-stdin-closes", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return process, json.loads(process.stdout.readline())["url"]


def end(process: subprocess.Popen) -> None:
    process.stdin.close()
    assert process.wait(timeout=10) == 0


def book(url: str, *, key: str = "k", once: str = "1", **body) -> requests.Response:
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": once}
    return requests.post(f"{url}/v1/shipments", **(body or {"json": PARCEL}), headers=headers, timeout=10)


def test_it_books_once_and_only_with_the_key():
    process, url = start()
    first, again = book(url), book(url)
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert book(url, key="other").status_code == 401
    assert book(url, once="2", json={"reference": "r2"}).status_code == 422
    assert book(url, once="3", data="[").status_code == 400
    assert len(requests.get(f"{url}/_emu/shipments", timeout=10).json()["items"]) == 1
    end(process)


def test_it_sends_what_it_signed(open_receiver):
    receiver = open_receiver()
    process, url = start("--webhook-url", receiver.url, "--webhook-secret", "s")
    booked = book(url).json()
    moved = f"{url}/_emu/shipments/{booked['tracking_number']}/move"
    assert requests.post(moved, json={"status": "delivered", "collected": True}, timeout=10).json()["status"] == 200
    requests.post(f"{url}/_emu/messages/0/resend", json={}, timeout=10)
    first, again = receiver.hooks
    assert first.body == again.body and json.loads(first.body)["reference"] == "r1"
    sent = {name.lower(): value for name, value in first.headers.items()}
    assert sent["x-courier-signature"] == hmac.new(b"s", first.body, hashlib.sha256).hexdigest()
    assert requests.post(f"{url}/_emu/shipments/EMU0/move", json={}, timeout=10).status_code == 404
    end(process)


def test_parcels_move_by_themselves_where_it_is_told_to():
    process, url = start("--step-seconds", "0.1")
    book(url), book(url)  # once, however often it is asked
    deadline, told = time.monotonic() + 20, []
    while len(told) < 3 and time.monotonic() < deadline:
        told = [json.loads(item["body"]) for item in requests.get(f"{url}/_emu/messages", timeout=10).json()["items"]]
    assert [news["status"] for news in told] == ["in_transit", "out_for_delivery", "delivered"]
    assert [news.get("collected") for news in told] == [None, None, True]
    end(process)
