"""Statements of one's own over the rows of a queryset."""

import pytest
from django.contrib.auth.models import Group
from django.db.models import Count

from shop.core.reading import Part, Telling, condition_of, is_any, read_one, read_part

pytestmark = pytest.mark.django_db
GROUPS = Telling(table="auth_group", columns="auth_group.name")


@pytest.fixture
def named():
    Group.objects.bulk_create(Group(name=f"g{number}") for number in range(5))
    return Group.objects.filter(name__startswith="g")


def test_a_part_comes_in_its_order_with_the_count_of_all(named, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert read_part(GROUPS, Part(named, "auth_group.name DESC", limit=2, offset=1)) == ([("g3",), ("g2",)], 5)
    assert read_part(GROUPS, Part(named, "id", limit=2, offset=9)) == ([], 0)


def test_what_a_queryset_leaves_out_is_left_out(named):
    assert read_one(GROUPS, named.filter(name="g3")) == ("g3",)
    assert read_one(GROUPS, named.exclude(name__lt="g9")) is None
    assert read_one(GROUPS, named.filter(pk=2**70)) is None
    assert read_one(GROUPS, named.none()) is None
    assert (is_any(named), is_any(Group.objects.all()), is_any(named.none())) == (True, True, False)


@pytest.mark.parametrize(
    "more_than_a_condition",
    [
        lambda: Group.objects.all()[:3],
        lambda: Group.objects.distinct(),
        lambda: Group.objects.none() | Group.objects.all()[:1],
        lambda: Group.objects.filter(pk=1).union(Group.objects.filter(pk=2)),
        lambda: Group.objects.annotate(users=Count("user")).filter(users=0),
    ],
    ids=["sliced", "distinct", "sliced by one", "united", "grouped"],
)
def test_whose_rows_they_are_is_never_lost(more_than_a_condition):
    """A part of what a queryset says must not be left out: it may be what keeps others' rows away."""
    with pytest.raises((ValueError, TypeError)):
        condition_of(more_than_a_condition())
