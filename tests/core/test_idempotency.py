"""Promise P4: same key and body → same answer and one effect; other body → 422; in progress → 409."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection, connections
from django.utils import timezone
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from shop.core.api.idempotency import idempotent
from shop.core.db import try_advisory_lock
from shop.core.errors import Conflict
from shop.core.idempotency import claim, purge_old_keys
from shop.core.models import IdempotencyKey


class Bell(APIView):
    """Counts its rings; `inside` is what happens during one."""

    permission_classes = [AllowAny]
    authentication_classes = []
    rings: list[dict]
    inside = staticmethod(lambda _: Response({"z": 1, "a": {"b": "ü"}}, status=201))

    @idempotent
    def post(self, request):
        self.rings.append(dict(request.data))
        return self.inside(request.data)


@pytest.fixture
def ring():
    rings: list[dict] = []

    def call(body=None, *, key=None, path="/api/order/", inside=Bell.inside, **headers):
        if key is not None:
            headers["HTTP_IDEMPOTENCY_KEY"] = key
        request = APIRequestFactory().post(path, body if body is not None else {}, format="json", **headers)
        return Bell.as_view(rings=rings, inside=inside)(request)

    Bell.rings = rings
    call.rings = rings
    return call


@pytest.mark.django_db
class TestOneCaller:
    def test_a_repeated_call_gets_the_first_answer(self, ring):
        first, second = ring({"x": 1}, key="k"), ring({"x": 1}, key="k")
        assert (first.status_code, first.data) == (second.status_code, second.data) == (201, {"z": 1, "a": {"b": "ü"}})
        assert "Idempotent-Replayed" not in first.headers
        assert second.headers["Idempotent-Replayed"] == "true"
        assert len(ring.rings) == 1

    def test_white_space_and_order_of_members_do_not_matter(self, ring):
        ring({"x": 1, "y": 2}, key="k")
        assert ring({"y": 2, "x": 1}, key="k").headers["Idempotent-Replayed"] == "true"

    def test_another_body_is_refused(self, ring):
        ring({"x": 1}, key="k")
        answer = ring({"x": 2}, key="k")
        assert (answer.status_code, answer.data["code"]) == (422, "idempotency_key_reused")
        assert ring.rings == [{"x": 1}]
        assert ring({"x": 1}, key="k").status_code == 201

    def test_without_a_key_every_call_counts(self, ring, django_assert_num_queries):
        with django_assert_num_queries(0):
            ring({"x": 1}), ring({"x": 1})
        assert len(ring.rings) == 2

    @pytest.mark.parametrize("other", [{"path": "/api/payments/"}, {"HTTP_X_CART_TOKEN": "b"}, {"key": "K"}])
    def test_keys_are_per_caller_and_path(self, ring, other):
        ring({"x": 1}, **{"key": "k", "HTTP_X_CART_TOKEN": "a"})
        ring({"x": 2}, **({"key": "k", "HTTP_X_CART_TOKEN": "a"} | other))
        assert len(ring.rings) == 2

    @pytest.mark.parametrize("key", ["", "a" * 256, "ä", "tab\there", "null\x00"])
    def test_a_bad_key_is_refused(self, ring, key):
        answer = ring({"x": 1}, key=key)
        assert (answer.status_code, answer.data["code"]) == (400, "invalid_idempotency_key")
        assert "Idempotency-Key" in answer.data["errors"]
        assert not ring.rings
        assert not IdempotencyKey.objects.exists()

    @pytest.mark.parametrize("key", ["a", "a" * 255, "with space ~!"])
    def test_a_good_key_is_taken(self, ring, key):
        assert ring({"x": 1}, key=key).status_code == 201

    def test_a_refusal_is_not_kept(self, ring):
        def refuse(data):
            raise Conflict("no", code="out_of_stock")

        assert ring({"x": 1}, key="k", inside=refuse).status_code == 409
        assert not IdempotencyKey.objects.exists()
        assert ring({"x": 2}, key="k").status_code == 201

    def test_a_failure_is_not_kept(self, ring):
        def fail(data):
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            ring({"x": 1}, key="k", inside=fail)
        assert not IdempotencyKey.objects.exists()
        assert ring({"x": 1}, key="k").status_code == 201

    def test_it_costs_two_round_trips_and_two_on_replay(self, ring, django_assert_num_queries):
        with django_assert_num_queries(2):
            ring({"x": 1}, key="k")
        with django_assert_num_queries(2):
            ring({"x": 1}, key="k")

    def test_what_a_dead_process_left_behind_goes_on_with_the_same_body_only(self, ring):
        ring({"x": 1}, key="k")
        IdempotencyKey.objects.update(status=None, body=None)
        assert ring({"x": 2}, key="k").status_code == 422
        assert ring({"x": 1}, key="k").status_code == 201
        assert ring.rings == [{"x": 1}, {"x": 1}]
        assert ring({"x": 1}, key="k").headers["Idempotent-Replayed"] == "true"

    def test_keys_are_purged_after_a_day_at_the_earliest(self, ring):
        ring({"x": 1}, key="young")
        ring({"x": 1}, key="old")
        IdempotencyKey.objects.filter(key="young").update(created_at=timezone.now() - timedelta(hours=25))
        IdempotencyKey.objects.filter(key="old").update(created_at=timezone.now() - timedelta(hours=49))
        assert purge_old_keys() == 1
        assert IdempotencyKey.objects.get().key == "young"


def _in_thread(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    finally:
        connections.close_all()


@pytest.mark.postgres_race
class TestManyCallers:
    def test_a_second_call_while_the_first_runs_is_told_so(self, own_database, ring):
        running, go_on = threading.Event(), threading.Event()

        def slow(data):
            running.set()
            assert go_on.wait(10)
            return Response({"n": 1}, status=201)

        with ThreadPoolExecutor() as pool:
            first = pool.submit(_in_thread, ring, {"x": 1}, key="k", inside=slow)
            assert running.wait(10)
            second = ring({"x": 1}, key="k")
            go_on.set()
            assert first.result().status_code == 201
        assert (second.status_code, second.data["code"]) == (409, "idempotency_in_progress")
        assert len(ring.rings) == 1
        assert ring({"x": 1}, key="k").data == {"n": 1}

    def test_twenty_calls_at_once_have_one_effect(self, own_database, ring):
        start = threading.Barrier(20)

        def call():
            start.wait(20)
            return ring({"x": 1}, key="k").status_code

        with ThreadPoolExecutor(20) as pool:
            statuses = [f.result() for f in [pool.submit(_in_thread, call) for _ in range(20)]]
        assert set(statuses) <= {201, 409}
        assert 201 in statuses
        assert len(ring.rings) == 1

    def test_the_key_of_a_dead_process_is_free_at_once(self, own_database, ring):
        held = threading.Event()

        def hold():
            with claim(caller="anon:127.0.0.1", path="/api/order/", key="k", fingerprint="f") as claimed:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    pids.append(cursor.fetchone()[0])
                IdempotencyKey.objects.filter(pk=claimed.pk).delete()
                held.set()
                killed.wait(10)

        pids: list[int] = []
        killed = threading.Event()
        pool = ThreadPoolExecutor()
        dying = pool.submit(_in_thread, hold)
        assert held.wait(10)
        assert ring({"x": 1}, key="k").status_code == 409
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pids[0]])
        assert ring({"x": 1}, key="k").status_code == 201
        killed.set()
        assert isinstance(dying.exception(), (InterfaceError, OperationalError))
        pool.shutdown()

    def test_the_lock_is_free_afterwards(self, own_database, ring):
        ring({"x": 1}, key="k")
        name = "idempotency\nanon:127.0.0.1\n/api/order/\nk"

        def try_it():
            with try_advisory_lock(name) as held:
                return held

        with ThreadPoolExecutor() as pool:
            assert pool.submit(_in_thread, try_it).result()
