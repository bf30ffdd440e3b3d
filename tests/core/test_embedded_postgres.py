"""The starter, on a real cluster in a folder of its own."""

import contextlib
import os
import pwd
import signal
import threading
from pathlib import Path

import psutil
import psycopg2
import pytest

from shop.core.embedded_postgres import Cluster, PostgresUnavailable, ensure_running, lease, stop


@pytest.fixture
def cluster(tmp_path):
    cluster = Cluster(tmp_path / "pg", ("fsync=off",))
    yield cluster
    stop(cluster)


def _answer(cluster) -> int:
    connection = psycopg2.connect(**cluster.dsn())
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT 41 + 1")
        return cursor.fetchone()[0]


def _postmaster(cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_starts_once_for_many_callers(cluster):
    ensure_running(cluster)
    first = _postmaster(cluster)
    ensure_running(cluster)
    assert _answer(cluster) == 42
    assert _postmaster(cluster) == first


def test_listens_on_a_private_socket_only(cluster):
    ensure_running(cluster)
    assert cluster.socket.stat().st_mode & 0o777 == 0o700
    connection = psycopg2.connect(**cluster.dsn())
    with connection, connection.cursor() as cursor:
        cursor.execute("SHOW listen_addresses")
        assert cursor.fetchone()[0] == ""


def test_comes_back_after_a_crash_with_what_was_committed(cluster):
    ensure_running(cluster)
    connection = psycopg2.connect(**cluster.dsn())
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT 1 AS one")
    connection.close()
    os.kill(_postmaster(cluster), signal.SIGKILL)
    ensure_running(cluster)
    connection = psycopg2.connect(**cluster.dsn())
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT one FROM kept")
        assert cursor.fetchone()[0] == 1


def test_waits_for_the_processes_that_a_crash_has_left(cluster):
    ensure_running(cluster)
    with contextlib.closing(psycopg2.connect(**cluster.dsn())):
        slow = psutil.Process(_postmaster(cluster)).children()[-1]
        slow.suspend()
        os.kill(_postmaster(cluster), signal.SIGKILL)
        threading.Timer(1, slow.resume).start()
        ensure_running(cluster)
    assert _answer(cluster) == 42


def test_two_shops_at_once(cluster, tmp_path):
    other = Cluster(tmp_path / "other")
    ensure_running(cluster)
    ensure_running(other)
    try:
        assert _postmaster(cluster) != _postmaster(other)
        assert _answer(cluster) == _answer(other) == 42
    finally:
        stop(other)


def test_the_last_to_leave_stops_it(cluster):
    with lease(cluster):
        assert _answer(cluster) == 42
    with pytest.raises(psycopg2.OperationalError):
        _answer(cluster)


def test_refuses_a_folder_of_another_major_version_and_says_what_to_do(cluster):
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(PostgresUnavailable, match="pg_dumpall"):
        ensure_running(cluster)
    assert (cluster.data / "PG_VERSION").read_text() == "9\n"


def test_refuses_a_path_too_long_for_a_socket(tmp_path):
    with pytest.raises(PostgresUnavailable, match="DATA_DIR"):
        ensure_running(Cluster(tmp_path / ("x" * 120)))
    assert not (tmp_path / ("x" * 120)).exists()


def test_a_start_that_was_killed_half_way_is_made_anew(cluster):
    (cluster.data / "base").mkdir(parents=True)
    ensure_running(cluster)
    assert _answer(cluster) == 42


@pytest.mark.parametrize("user", [0, pwd.getpwnam("daemon").pw_uid] if os.geteuid() == 0 else [os.geteuid()])
def test_under_a_private_home_no_permission_outside_changes(tmp_path, user):
    _let_pass(tmp_path)
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    os.chown(home, user, user if os.geteuid() == 0 else -1)
    before = {folder: folder.stat().st_mode for folder in (home, *home.parents)}
    assert _exit_code_of(lambda: _start_and_stop(Cluster(home / "shop")), user=user) == 0
    assert {folder: folder.stat().st_mode for folder in before} == before


def _start_and_stop(cluster: Cluster) -> None:
    ensure_running(cluster)
    try:
        assert _answer(cluster) == 42
    finally:
        stop(cluster)


def _exit_code_of(work, *, user: int) -> int:
    """Run in a forked child as that user: the interpreter itself may lie where only root may read."""
    child = os.fork()
    if child == 0:
        try:
            if user != os.geteuid():
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
            work()
        except BaseException as error:
            os.write(2, f"{error!r}\n".encode())
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _let_pass(folder: Path) -> None:
    """pytest's own folders are 0700; the other user has to pass through them to its home."""
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.geteuid() and parent.name.startswith(("pytest", "test_", "popen")):
            parent.chmod(0o711)
