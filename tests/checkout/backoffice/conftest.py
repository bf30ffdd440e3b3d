from __future__ import annotations

import pytest

from tests.factories.staff import browser_of


@pytest.fixture
def merchandiser(db):
    return browser_of("merchandiser")


@pytest.fixture
def support(db):
    return browser_of("support")


@pytest.fixture
def admin(db):
    return browser_of("admin")
