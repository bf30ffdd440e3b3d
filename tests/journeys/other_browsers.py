"""Firefox and WebKitGTK, driven by the W3C WebDriver commands: Firefox through its own Marionette port, WebKit through
its driver. Just enough of both for one journey; Chromium has Playwright."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import requests

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
MINI_BROWSERS = "/usr/lib/*/webkit2gtk-4.1/MiniBrowser"
NOT_YET = ("no such element", "stale element reference", "element not interactable", "element click intercepted")
PATIENCE = 60  # seconds until something has come


class Driven(ABC):
    """A browser with one page."""

    @abstractmethod
    def call(self, command: str, values: dict[str, Any]) -> Any:
        """One of: Navigate, ExecuteScript, FindElement, ElementClick, ElementSendKeys."""

    def open(self, url: str) -> None:
        self.call("Navigate", {"url": url})

    def run(self, script: str, *elements: str) -> Any:
        return self.call("ExecuteScript", {"script": script, "args": [{ELEMENT: found} for found in elements]})

    def find(self, xpath: str) -> str:
        return self._once_it_is_there(xpath, lambda found: found)

    def click(self, xpath: str) -> None:
        self._once_it_is_there(xpath, self._click)

    def _click(self, element: str) -> None:
        """WebKit's driver scrolls to no element that stands below the window."""
        self.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        self.call("ElementClick", {"id": element})

    def type(self, xpath: str, text: str) -> None:
        self._once_it_is_there(xpath, lambda found: self.call("ElementSendKeys", {"id": found, "text": text}))

    def _once_it_is_there(self, xpath: str, act: Callable[[str], Any]) -> Any:
        """Again until the element has come and is not in motion any more."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(LookupError):
                return act(self.call("FindElement", {"using": "xpath", "value": xpath})[ELEMENT])
            time.sleep(0.2)
        raise AssertionError(f"{xpath} never came: {self.run('return document.body.innerText')[:1500]}")


class Marionette(Driven):
    """`length:[0, id, command, values]` there, `length:[1, id, error, result]` back."""

    def __init__(self, port: int) -> None:
        self.wire, self.count = _connect(port), 0
        self._read()
        self.call("NewSession", {})

    def call(self, command: str, values: dict[str, Any]) -> Any:
        self.count += 1
        said = json.dumps([0, self.count, f"WebDriver:{command}", values]).encode()
        self.wire.sendall(str(len(said)).encode() + b":" + said)
        _kind, _count, error, result = self._read()
        _refuse(error and error["error"], error)
        return result.get("value") if set(result or {}) == {"value"} else result

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self.wire.recv(1) or _gone()
        body = b""
        while len(body) < int(length[:-1]):
            body += self.wire.recv(65_536) or _gone()
        return json.loads(body)


class WebKit(Driven):
    def __init__(self, port: int, binary: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        _connect(port).close()
        options = {"binary": binary, "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self.session = self._send("POST", "session", wanted)["sessionId"]

    def call(self, command: str, values: dict[str, Any]) -> Any:
        rest = {key: value for key, value in values.items() if key != "id"}
        paths = {"Navigate": "url", "ExecuteScript": "execute/sync", "FindElement": "element",
                 "ElementClick": f"element/{values.get('id')}/click",
                 "ElementSendKeys": f"element/{values.get('id')}/value"}  # fmt: skip
        return self._send("POST", f"session/{self.session}/{paths[command]}", rest)

    def _send(self, method: str, path: str, body: dict[str, Any]) -> Any:
        value = requests.request(method, f"{self.url}/{path}", json=body, timeout=120).json()["value"]
        _refuse(isinstance(value, dict) and value.get("error"), value)
        return value


def _refuse(error: Any, told: Any) -> None:
    if error in NOT_YET:
        raise LookupError(error)
    assert not error, told


def _gone() -> bytes:
    raise AssertionError("the browser has gone")


def installed() -> list[str]:
    return [name for name, is_there in (("firefox", _firefox()), ("webkit", _webkit())) if is_there]


def _firefox() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


def _webkit() -> str | None:
    """MiniBrowser, where its driver and a screen to show it on are there too."""
    if not shutil.which("WebKitWebDriver") or not (os.environ.get("DISPLAY") or shutil.which("Xvfb")):
        return None
    return next((str(path) for path in sorted(Path("/").glob(MINI_BROWSERS[1:]))), None)


@contextlib.contextmanager
def driven(name: str, folder: Path) -> Iterator[Driven]:
    """The browser with a profile of its own in `folder`; everything that it started is gone afterwards."""
    port, environment = _free_port(), os.environ | {"HOME": str(folder), "MOZ_HEADLESS": "1"}
    with contextlib.ExitStack() as stack:
        if name == "firefox":
            (folder / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
            words = [_firefox() or "", "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
            stack.enter_context(_started(words, environment))
            yield Marionette(port)
        else:
            if "DISPLAY" not in environment:
                environment["DISPLAY"] = f":{port}"
                stack.enter_context(
                    _started(["Xvfb", f":{port}", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], environment)
                )
            stack.enter_context(_started(["WebKitWebDriver", f"--port={port}", "--host=127.0.0.1"], environment))
            yield WebKit(port, _webkit() or "")


@contextlib.contextmanager
def _started(words: list[str], environment: dict[str, str]) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(words, env=environment, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)


def _connect(port: int) -> socket.socket:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=120)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
