import pytest
from django.test import override_settings

from tests.permissions.world import World, undone


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once, in a transaction that is never committed; each request runs in a savepoint of it."""
    with django_db_blocker.unblock(), undone(), override_settings(SMS_URL="console://"):
        yield World()
