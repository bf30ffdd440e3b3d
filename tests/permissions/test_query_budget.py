"""Every read of the API costs at most three queries, whoever calls, with nothing in the cache. One of them finds out who
calls, with their roles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection

from tests.permissions import matrix
from tests.permissions.matrix import ROLES
from tests.permissions.world import OTHER, undone

BUDGET = 3
KEPT = "is kept in the cache until something on it changes: then at most one"
MORE: dict[str, tuple[int, str]] = {  # and why; none of them grows with what there is to tell
    "/api/pages/": (4, KEPT),
    "/api/pages/{page_id}/": (7, KEPT),
    "/api/product/{product_id}/?draft=true": (19, "a draft is put together as it will be published"),
    "/api/self/export/": (25, "a query per kind of personal data, by its registry"),
    "/api/sitemap/": (15, KEPT),
    "/api/resolve/": (4, KEPT),
    "/api/pages/find/": (4, KEPT),
}
OPENED_BY_TOKEN = ("/api/preview/",)  # the same draft as ?draft=true, for whoever holds one
ASKED = {  # what an address needs to be understood
    "/api/pages/find/": "?html_path=/",
    "/api/resolve/": "?path=/",
    "/api/translations/": "?kind=category&id={category_id}",
}
READS = [
    row
    for row in matrix.rows()
    if row.method == "GET" and row.path not in OPENED_BY_TOKEN and (row.path, "GET") in set(matrix.operations())
]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements of a request, those that tell who calls included."""
    found: list[str] = []

    def note(execute, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


@pytest.mark.parametrize("row", READS, ids=str)
def test_a_read_costs_three_queries(world, row):
    most, why = MORE.get(row.route, (BUDGET, ""))
    tried = 0
    allowed = [role for role in ROLES if row.may[role] != "no"]
    for role in dict.fromkeys((allowed[0], allowed[-1])):
        whose = OTHER if row.may[role] == "yes" else role
        client, url = world.client(role, page=False), world.url(row.route + ASKED.get(row.path, ""), whose)
        with undone():
            client.get(url)  # what a process keeps for good
            cache.clear()
            with counted() as queries:
                answer = client.get(url)
            with counted() as again:
                if why == KEPT:
                    client.get(url)
        assert answer.status_code < 500
        tried += answer.status_code in (200, 302)
        assert len(queries) <= most, f"{len(queries)} for {role}:\n" + "\n".join(queries)
        assert len(again) <= 1, f"{len(again)} for {role}, again:\n" + "\n".join(again)
    assert tried, f"nobody could read it: {answer.status_code}"


def test_every_read_of_the_document_is_counted():
    assert {path for path, method in matrix.operations() if method == "GET"} - set(OPENED_BY_TOKEN) == {
        row.path.partition("?")[0] for row in READS
    }
    assert set(MORE) <= {row.route for row in READS}
