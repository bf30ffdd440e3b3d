import pytest
from rest_framework.test import APIClient

from tests.factories.people import client_of, make_user
from tests.oidc import oidc  # noqa: F401


@pytest.fixture
def guest() -> APIClient:
    return client_of()


@pytest.fixture
def asha(db):
    return make_user("asha", name="Asha Rao")


@pytest.fixture
def ravi(db):
    return make_user("ravi")


@pytest.fixture
def admin(db):
    return make_user("boss", role="admin")
