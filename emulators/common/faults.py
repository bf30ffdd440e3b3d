"""Trouble on request: wrong answers, slow answers, lost answers, held answers."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .errors import Refusal
from .wire import Request, Response, make_json

ACTIONS = {"status", "body", "delay", "drop", "hold", "patch"}
HTML = b"<html><head><title>Bad Gateway</title></head><body>Bad Gateway</body></html>"
LONGEST_HOLD_SECONDS = 60
MakeError = Callable[[int], dict[str, Any]]  # the body of an error of the gateway


@dataclass
class Fault:
    """`before`: the request has no effect. `after`: it has, and only its answer suffers."""

    method: str | None
    path: re.Pattern[str]
    body_contains: str | None
    nth: int
    times: int
    phase: str
    action: dict[str, Any]
    seen: int = 0
    used: int = 0

    def strikes(self, request: Request) -> bool:
        """Count a matching request; true for the nth and the `times - 1` after it."""
        if self.method and self.method != request.method:
            return False
        if not self.path.search(request.path):
            return False
        if self.body_contains and self.body_contains.encode() not in request.raw:
            return False
        self.seen += 1
        if self.seen < self.nth or self.used >= self.times:
            return False
        self.used += 1
        return True


@dataclass
class Faults:
    """The faults of one account, in the order they were asked for; at most one strikes a request."""

    waiting: list[Fault] = field(default_factory=list)
    gates: dict[str, threading.Event] = field(default_factory=dict)

    def add(self, data: dict[str, Any]) -> None:
        match = data.get("match", {})
        action = data.get("action", {})
        unknown = set(action) - ACTIONS
        if unknown or not action or data.get("phase", "before") not in ("before", "after"):
            raise Refusal(f"No such fault: {data}.", field="action")
        if "hold" in action:
            self.gates[action["hold"]] = threading.Event()
        self.waiting.append(
            Fault(
                method=match.get("method"),
                path=re.compile(match.get("path_regex", "")),
                body_contains=match.get("body_contains"),
                nth=int(match.get("nth", 1)),
                times=int(data.get("times", 1)),
                phase=data.get("phase", "before"),
                action=action,
            )
        )

    def take(self, request: Request) -> Fault | None:
        return next((fault for fault in self.waiting if fault.strikes(request)), None)

    def release(self, name: str) -> None:
        if name not in self.gates:
            raise Refusal(f"Nothing is held as {name}.", field="name")
        self.gates[name].set()

    def clear(self) -> None:
        for gate in self.gates.values():
            gate.set()
        self.waiting.clear()

    def stall(self, fault: Fault) -> None:
        """Wait as the fault says. Never call this with the account's lock held."""
        if "delay" in fault.action:
            threading.Event().wait(float(fault.action["delay"]))
        if "hold" in fault.action:
            self.gates[fault.action["hold"]].wait(LONGEST_HOLD_SECONDS)


def alter_response(fault: Fault, response: Response | None, make_error: MakeError) -> Response | None:
    """Return the answer the fault makes of the true one (None before there is one); None drops the line."""
    action = fault.action
    if action.get("drop"):
        return None
    if "status" in action:
        return _fault_response(int(action["status"]), action.get("body", "json"), make_error)
    if "patch" in action and response is not None:
        return make_json(response.status, response.data | action["patch"])
    return response


def answers_itself(fault: Fault) -> bool:
    return bool(fault.action.get("drop") or "status" in fault.action)


def _fault_response(status: int, body: str, make_error: MakeError) -> Response:
    if body == "html":
        return Response(status, HTML, "text/html")
    if body == "empty":
        return Response(status, b"", "text/plain")
    return make_json(status, make_error(status))
