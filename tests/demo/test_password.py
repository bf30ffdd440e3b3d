"""The one password of the demo's people is the one that `make run` prints, whichever start printed it."""

from __future__ import annotations

import os

import pytest
from django.core.management import call_command

from shop.accounts.models import User
from shop.management.demo.people import make_people
from shop.settings import demo

WEAK = "osari"


@pytest.fixture
def start(db, settings, tmp_path, monkeypatch):
    """`make run` up to its people, with or without a chosen password; answers what it prints."""
    settings.DEMO_SECRETS = tmp_path / demo.FILE
    monkeypatch.setattr(demo, "MAKERS", {"DEMO_PASSWORD": lambda: "made-up-1"})

    def start(chosen: str | None) -> str:
        monkeypatch.delenv("DEMO_PASSWORD", raising=False)
        if chosen is not None:
            monkeypatch.setenv("DEMO_PASSWORD", chosen)
        demo.provide(tmp_path)
        settings.DEMO_PASSWORD, settings.DEMO_PASSWORD_BEFORE = (
            os.environ["DEMO_PASSWORD"],
            demo.password_given(tmp_path),
        )
        call_command("give_demo_password")
        if not User.objects.filter(username="asha").exists():
            make_people(password=settings.DEMO_PASSWORD)
        return settings.DEMO_PASSWORD

    return start


def _opens(password: str, name: str = "asha") -> bool:
    return User.objects.get(username=name).check_password(password)


@pytest.mark.parametrize(("chosen", "printed"), [(WEAK, WEAK), ("", "made-up-1"), (None, "made-up-1")])
def test_any_password_may_be_chosen_and_none_is_made_up(start, chosen, printed):
    assert start(chosen) == printed
    assert _opens(printed) and _opens(printed, "admin")


def test_a_later_start_prints_what_opens(start):
    start(WEAK)
    assert start(None) == WEAK and _opens(WEAK)
    assert start("another one") == "another one"
    assert _opens("another one") and _opens("another one", "sam") and not _opens(WEAK)
    assert start(None) == "another one"


def test_who_has_taken_a_password_of_their_own_keeps_it(start):
    start(WEAK)
    maya = User.objects.get(username="maya")
    maya.set_password("jasmine-Kettle-88")
    maya.save()
    start("another one")
    assert _opens("jasmine-Kettle-88", "maya") and _opens("another one", "sam")
