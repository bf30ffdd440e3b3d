"""Accounts and sign-ins as they are shown, each list read in one statement. Rows, not models: nothing can be saved."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from shop.accounts.selectors import GROUPS_OF_PERSON, people
from shop.accounts.user_agents import device_of
from shop.core.errors import NotThere
from shop.core.reading import Part, Telling, read_one, read_part


class SeenPerson(NamedTuple):
    """Without what opens the account."""

    id: int
    username: str
    email: str
    name: str
    phone: str
    is_verified: bool
    locale: str
    date_joined: datetime
    is_active: bool
    is_superuser: bool
    last_login: datetime | None
    known_groups: list[str]

    @property
    def pk(self) -> int:
        return self.id


class SeenSignIn(NamedTuple):
    id: int
    kind: str
    session_key: str
    user_agent: str
    network: str
    created_at: datetime
    last_used_at: datetime

    @property
    def device(self) -> str:
        return device_of(self.user_agent)


PEOPLE = Telling(
    table="accounts_user",
    columns=", ".join([*(f"accounts_user.{name}" for name in SeenPerson._fields[:-1]), GROUPS_OF_PERSON]),
)
SIGN_INS = Telling(table="accounts_signin", columns=", ".join(f"accounts_signin.{name}" for name in SeenSignIn._fields))


def seen_people(part: Part) -> tuple[list[SeenPerson], int]:
    """Those of a part, and how many there are in all. One statement."""
    rows, count = read_part(PEOPLE, part)
    return [SeenPerson._make(row) for row in rows], count


def seen_person(user_id: int) -> SeenPerson:
    """Raises NotThere, also for a closed account. One statement."""
    row = read_one(PEOPLE, people().filter(pk=user_id))
    if row is None:
        raise NotThere
    return SeenPerson._make(row)


def seen_sign_ins(part: Part) -> tuple[list[SeenSignIn], int]:
    """Those of a part, and how many there are in all. One statement."""
    rows, count = read_part(SIGN_INS, part)
    return [SeenSignIn._make(row) for row in rows], count
