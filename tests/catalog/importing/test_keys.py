from __future__ import annotations

import unicodedata

from django.core.validators import validate_unicode_slug
from hypothesis import given
from hypothesis import strategies as st

from catalog.importing.keys import LONGEST_SLUG, digest_parts, make_handle, make_sku, make_slug

NAMES = st.text(min_size=1, max_size=300).filter(lambda text: text.strip())


def test_slugs_are_ascii_where_the_name_has_any_and_unicode_else():
    assert make_slug("Unreal Editor's Choice") == "unreal-editors-choice"
    assert make_slug("Crème Brûlée") == "creme-brulee"
    assert make_slug("東京 Game") == "game"
    assert make_slug("Сталкер") == "сталкер"
    assert make_slug("مطبخ") == "مطبخ"
    assert make_slug("東京") == "東京"
    assert make_slug("140") == "140"
    assert make_slug("-KLAUS-") == "klaus"
    assert make_slug("♥!?") == ""


@given(NAMES)
def test_handles_are_valid_short_and_the_same_again(name):
    handle = make_handle(name, "row", taken=set())
    assert handle == make_handle(name, "row", taken=set())
    assert len(handle) <= LONGEST_SLUG
    validate_unicode_slug(handle)


@given(st.lists(st.tuples(st.sampled_from(["Dark Matter", "♥", "x" * 200, "東京"]), st.integers()), unique=True))
def test_rows_of_one_name_get_distinct_handles(rows):
    first = make_handles(rows)
    assert first == make_handles(rows)
    assert len(set(first)) == len(rows)


def make_handles(rows: list[tuple[str, int]]) -> list[str]:
    taken: dict[str, None] = {}
    for name, number in rows:
        taken[make_handle(name, str(number), taken=taken)] = None
    return list(taken)


def test_a_taken_slug_gets_a_suffix_from_the_identity_not_from_the_order():
    assert make_handle("Dark Matter", "a", taken=set()) == "dark-matter"
    suffixed = make_handle("Dark Matter", "a", taken={"dark-matter"})
    assert suffixed.startswith("dark-matter-") and suffixed == make_handle(
        "Dark Matter", "a", taken={"dark-matter", "x"}
    )


@given(st.lists(st.text(max_size=20), min_size=1), st.lists(st.text(max_size=20), min_size=1))
def test_made_skus_differ_with_their_identity(one, other):
    same = [tidy(part) for part in one] == [tidy(part) for part in other]
    assert (make_sku(*one) == make_sku(*other)) == same
    assert len(make_sku(*one)) == 18


def tidy(part: str) -> str:
    return unicodedata.normalize("NFC", part.strip())


def test_parts_do_not_run_into_each_other():
    assert digest_parts("ab", "c") != digest_parts("a", "bc")
    assert digest_parts("Cafe\u0301") == digest_parts("Café")
