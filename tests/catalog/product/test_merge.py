"""The merge matrix, and properties of the merge over random histories."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.product.merge import FIELDS, VARIANT_FIELDS, comparable, merge

KEYS = ("k1", "k2", "k3")


def spec(key="k1", **values):
    return {"pk": 7, "key": key, "sku": key, "options": {}, "price": 100, "sort_order": 0, **values}


def content(**values):
    return {"title": "A", "attributes": {}, "images": [], "category_links": [], "variant_specs": [spec()], **values}


def merged(base, draft, live, **options):
    result = merge(base=base, draft=draft, live=live, **options)
    return result.content, [conflict.path for conflict in result.conflicts]


@pytest.mark.parametrize(
    ("base", "draft", "live", "expected", "conflicts"),
    [
        ("A", "A", "A", "A", []),
        ("A", "B", "A", "B", []),
        ("A", "A", "C", "C", []),
        ("A", "B", "B", "B", []),
        ("A", "B", "C", "B", ["title"]),
    ],
)
def test_a_field(base, draft, live, expected, conflicts):
    result, found = merged(content(title=base), content(title=draft), content(title=live))
    assert (result["title"], found) == (expected, conflicts)


def test_attributes_are_merged_one_by_one():
    base = content(attributes={"a": 1, "b": 1, "c": 1, "d": 1})
    draft = content(attributes={"a": 2, "b": 1, "c": 1, "new": 5})
    live = content(attributes={"a": 1, "b": 3, "d": 1})
    result, found = merged(base, draft, live)
    assert result["attributes"] == {"a": 2, "b": 3, "new": 5} and found == []
    assert merged(base, content(attributes={"a": 2}), content(attributes={"a": 3}))[1] == ["attributes.a"]


def test_pictures_and_shelves_are_merged_as_whole_lists():
    one, two, three = ({"pk": n, "image": n, "alt": "", "sort_order": n} for n in (1, 2, 3))
    base, draft, live = content(images=[one]), content(images=[one, two]), content(images=[one, three])
    assert merged(base, draft, base)[0]["images"] == [one, two]
    assert merged(base, base, live)[0]["images"] == [one, three]
    assert merged(base, draft, live)[1] == ["images"]
    assert merged(base, draft, deepcopy(draft) | {"title": "Z"})[1] == []


@pytest.mark.parametrize(
    ("base", "draft", "live", "keys", "conflicts"),
    [
        ([], ["k1"], [], ["k1"], []),
        ([], [], ["k1"], ["k1"], []),
        ([], ["k1"], ["k2"], ["k1", "k2"], []),
        (["k1", "k2"], ["k1"], ["k1", "k2"], ["k1"], []),
        (["k1", "k2"], ["k1", "k2"], ["k1"], ["k1"], []),
        (["k1", "k2"], ["k1"], ["k2"], [], []),
    ],
)
def test_variants_come_and_go(base, draft, live, keys, conflicts):
    sides = [content(variant_specs=[spec(key) for key in side]) for side in (base, draft, live)]
    result, found = merged(*sides)
    assert (sorted(row["key"] for row in result["variant_specs"]), found) == (keys, conflicts)


def test_a_variant_is_merged_by_field_and_keeps_its_live_row():
    live = content(variant_specs=[spec(price=300, pk=9)])
    result, found = merged(content(), content(variant_specs=[spec(sku="new", pk=None)]), live)
    assert found == [] and result["variant_specs"][0] | {"sort_order": 0} == spec(sku="new", price=300, pk=9) | {
        name: None for name in VARIANT_FIELDS if name not in ("sku", "options", "price")
    }  # fmt: skip
    assert merged(content(), content(variant_specs=[spec(price=200)]), live)[1] == ["variant_specs.k1.price"]


@pytest.mark.parametrize(("draft", "live"), [([], [spec(price=5)]), ([spec(price=5)], [])])
def test_removed_here_and_changed_there_is_a_conflict(draft, live):
    _result, found = merged(content(), content(variant_specs=draft), content(variant_specs=live))
    assert found == ["variant_specs.k1"]


def test_stream_blocks_compare_without_their_ids():
    one = '[{"type": "text", "value": "<p>x</p>", "id": "1"}]'
    two = '[{"type": "text", "value": "<p>x</p>", "id": "2"}]'
    assert comparable(one) == comparable(two)
    assert merged(content(body=one), content(body=two), content(body="[]"))[0]["body"] == "[]"


calmly = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
values = st.sampled_from(["A", "B", "C"])
sides = st.builds(
    lambda title, summary, attributes, specs: content(
        title=title, summary=summary, attributes=attributes,
        variant_specs=[spec(key, price=price) for key, price in specs.items()],
    ),
    values, values, st.dictionaries(st.sampled_from("xy"), values),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from([1, 2, 3])),
)  # fmt: skip


def meaning(side):
    specs = {row["key"]: row["price"] for row in side["variant_specs"]}
    return {name: side.get(name) for name in FIELDS} | {"attributes": side["attributes"], "specs": specs}


@calmly
@given(base=sides, draft=sides)
def test_nothing_happened_meanwhile_so_the_draft_is_published_as_it_is(base, draft):
    result, found = merged(base, draft, deepcopy(base))
    assert meaning(result) == meaning(draft) and found == []


@calmly
@given(base=sides, live=sides)
def test_an_untouched_draft_changes_nothing(base, live):
    result, found = merged(base, deepcopy(base), live)
    assert meaning(result) == meaning(live) and found == []


@calmly
@given(base=sides, draft=sides, live=sides)
def test_who_is_published_first_does_not_matter_unless_they_disagree(base, draft, live):
    one, found = merged(base, draft, live)
    other, same = merged(base, live, draft)
    assert sorted(found) == sorted(same)
    if not found:
        assert meaning(one) == meaning(other)


@calmly
@given(base=sides, draft=sides, live=sides)
def test_keeping_mine_leaves_no_conflict_and_loses_nothing_that_only_they_changed(base, draft, live):
    result, found = merged(base, draft, live, prefer_draft=True)
    assert found == []
    for name in ("title", "summary"):
        expected = live[name] if draft[name] == base[name] else draft[name]
        assert result[name] == expected
