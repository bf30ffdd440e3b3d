"""What a courier writes is stored as far as it can be."""

from __future__ import annotations

import pytest

from checkout.shipping.couriers.http import _text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Left \ud800Hubballi", "Left Hubballi"),
        ("a\x00b", "ab"),
        ("हुब्बळ्ळि", "हुब्बळ्ळि"),
        ("x" * 300, "x" * 200),
        (7, ""),
        (None, ""),
    ],
)
def test_only_what_the_database_can_hold(said, kept):
    assert _text(said, 200) == kept
