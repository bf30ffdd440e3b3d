"""What the shop stands on goes away under load: Redis, PostgreSQL, the gateway, workers, the lines between them."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import requests

from shop.core.embedded_postgres import ensure_running
from tests.faults import operations as do
from tests.faults.flash import kill_web_worker
from tests.faults.links import PostgresLink, Trap
from tests.faults.operations import Case
from tests.faults.oracle import Witness
from tests.faults.people import Keeper
from tests.faults.processes import NotInTime, wait_for
from tests.faults.rig import Rig
from tests.faults.running import Result, Session, insist, new_case, verdict

SHOPPERS, BEFORE, DURING, AFTER = 4, 1.5, 4.0, 1.5
BACK_WITHIN = 10  # promise O2


@dataclass
class Load:
    """Shoppers who place, pay and cancel until told to stop, and insist when they get no answer."""

    rig: Rig
    session: Session
    name: str
    witness: Witness = field(default_factory=Witness)
    outcomes: Counter = field(default_factory=Counter)
    stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Load:
        self.threads = [threading.Thread(target=self._shop, args=(n,)) for n in range(SHOPPERS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(120)

    def _shop(self, number: int) -> None:
        random, keeper = self.session.random(f"load {number} {self.name}"), Keeper(self.rig)
        while not self.stop.is_set():
            case = new_case(self.rig, keeper, random)
            try:
                self._buy(case, random.choice(("cod", "pay", "pay", "cancel", "walk away", "ship")))
            except (AssertionError, requests.RequestException) as trouble:
                self.outcomes[f"gave up: {str(trouble)[:60]}"] += 1

    def _buy(self, case: Case, wish: str) -> None:
        do.with_cart(case)
        method = "cod" if wish in ("cod", "ship") else "razorpay"
        placed = insist(do.place(method), case)
        assert placed.status == 201, f"place: {placed.status}"
        self.witness.placed(case.key, placed.body)
        case.shopper.order = placed.body
        if wish in ("pay", "cancel"):
            started = insist(do.start, case)
            assert started.ok, f"start: {started.status}"
            case.shopper.started = started.body
            case.brought = case.shopper.at_the_gateway()
            insist(do.call_back, case)
        if wish in ("cancel", "ship"):
            insist(do.cancel if wish == "cancel" else do.ship, case)
        self.outcomes[wish] += 1


@dataclass(frozen=True)
class Disturbance:
    name: str
    begin: Callable[[Rig], object]
    end: Callable[[Rig], object] = Rig.mend
    needs_own_cluster: bool = False


def _redis(*words: str) -> Callable[[Rig], object]:
    def run(rig: Rig) -> None:
        from redis import Redis

        Redis(port=rig.links["redis"].target[1]).execute_command(*words)

    return run


def _cut(*names: str) -> Callable[[Rig], object]:
    return lambda rig: [rig.links[name].cut() for name in names]


def _slow(seconds: float, *names: str) -> Callable[[Rig], object]:
    def run(rig: Rig) -> None:
        for name in names:
            rig.links[name].delay = seconds

    return run


def _swallow(*names: str) -> Callable[[Rig], object]:
    """Asked and done, and the answer never comes: then the line breaks."""

    def run(rig: Rig) -> None:
        for name in names:
            rig.links[name].swallowing = True
        threading.Event().wait(1.5)
        _cut(*names)(rig)

    return run


def _kill(name: str) -> Callable[[Rig], object]:
    return lambda rig: rig.processes[name].kill()


def _kill_workers(rig: Rig) -> None:
    for _ in range(4):
        for process in rig.processes["worker"].tree()[:-1]:
            os.kill(process.pid, signal.SIGKILL)
        kill_web_worker(rig)
        time.sleep(0.8)


def _kill_all_of(rig: Rig, *names: str) -> None:
    """Again and again, what works there; its parent makes another one."""
    for _ in range(4):
        for name in names:
            for process in rig.processes[name].tree()[:-1]:
                process.kill()
        time.sleep(0.8)


def _empty_broker(rig: Rig) -> None:
    """It keeps all in memory: started again, it has forgotten topics, messages and offsets."""
    rig.processes["broker"].kill()
    rig.processes["broker"].ensure()


def _gateway_fault(action: dict, phase: str = "before", method: str | None = None, times: int = 40):
    match = {"path_regex": "^/v1/"} | ({"method": method} if method else {})
    return lambda rig: rig.emulate("POST", "faults", {"match": match, "phase": phase, "action": action, "times": times})


def _database(number: int) -> Callable[[Rig], object]:
    """SIGINT: fast shutdown; SIGQUIT: at once, with recovery at the start."""

    def run(rig: Rig) -> None:
        cluster = rig.ground.cluster
        pid = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, number)
        wait_for(lambda: not (cluster.data / "postmaster.pid").exists(), "the end of the database", 30)
        ensure_running(cluster)

    return run


def _cut_at_commit(phase: str) -> Callable[[Rig], object]:
    """Again and again the line to the database breaks at a COMMIT: nobody is told whether it was done."""

    def run(rig: Rig) -> int:
        traps = []
        for _ in range(12):
            for name in ("web-database", "worker-database"):
                link = rig.links[name]
                assert isinstance(link, PostgresLink)
                link.trap = Trap(2, phase, only=do.COMMIT)
                traps.append(link.trap)
            time.sleep(0.3)
        return sum(trap.sprung.is_set() for trap in traps)

    return run


DISTURBANCES = (
    Disturbance("Redis emptied", _redis("FLUSHALL")),
    Disturbance("Redis killed", _kill("redis")),
    Disturbance("Redis does not answer", _slow(3, "redis")),
    Disturbance("the database stopped and started", _database(signal.SIGINT), needs_own_cluster=True),
    Disturbance("the database killed", _database(signal.SIGQUIT), needs_own_cluster=True),
    Disturbance("the line to the database cut", _cut("web-database", "worker-database")),
    Disturbance("cut before COMMIT", _cut_at_commit("before")),
    Disturbance("cut after COMMIT", _cut_at_commit("after")),
    Disturbance("the gateway is away", _cut("web-gateway", "worker-gateway")),
    Disturbance("the gateway's answers are lost", _swallow("web-gateway", "worker-gateway")),
    Disturbance("the gateway says 500", _gateway_fault({"status": 500})),
    Disturbance("the gateway does it and says 502 in HTML", _gateway_fault({"status": 502, "body": "html"}, "after")),
    Disturbance("the gateway does it and hangs up", _gateway_fault({"drop": True}, "after")),
    Disturbance("the gateway says 429", _gateway_fault({"status": 429})),
    Disturbance("the gateway lies about amounts", _gateway_fault({"patch": {"amount": 1}}, "after", "GET")),
    Disturbance("no message gets through", _cut("hooks")),
    Disturbance("workers killed", _kill_workers),
    Disturbance("all of the web server killed", _kill("web")),
)  # fmt: skip


OVER_KAFKA = (
    Disturbance("the broker is away", _cut("broker")),
    Disturbance("the broker emptied", _empty_broker),
    Disturbance("the broker killed", _kill("broker")),
    Disturbance("the broker's answers are lost", _swallow("broker")),
    Disturbance("relay and consumer killed", lambda rig: _kill_all_of(rig, "relay", "consumer")),
)


def run(session: Session, disturbances: tuple[Disturbance, ...] = DISTURBANCES, *, own: bool = True, **options) -> None:
    with session.open_rig(**options) as rig:
        for one in session.fairly(disturbances):
            if own or not one.needs_own_cluster:
                name = f"{one.name} ({'Celery' if rig.celery else 'Kafka'})" if rig.celery or rig.kafka else one.name
                session.record("infrastructure", name, lambda result, d=one: disturb(session, rig, d, result))


def disturb(session: Session, rig: Rig, one: Disturbance, result: Result) -> None:
    rig.emulate_all("POST", "webhooks/mode", {"mode": "auto"})
    with Load(rig, session, result.name) as load:
        time.sleep(BEFORE)
        told = one.begin(rig)
        time.sleep(DURING)
        one.end(rig)
        _await_service(rig, result)
        time.sleep(AFTER)
    result.cases, result.facts = sum(load.outcomes.values()), dict(load.outcomes)
    if isinstance(told, int):
        result.facts["lines cut"] = told
        if not told:
            result.failures.append("the rig cut nothing")
    verdict(rig, result, load.witness)


def _await_service(rig: Rig, result: Result) -> None:
    try:
        wait_for(lambda: _serves(rig), "service to be back", BACK_WITHIN)
    except NotInTime as late:
        result.failures.append(f"O2: {late}")


def _serves(rig: Rig) -> bool:
    try:
        return requests.get(f"{rig.url}/readyz", timeout=5).ok
    except requests.RequestException:
        return False
