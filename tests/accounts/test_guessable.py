"""Passwords that people make out of common ones are refused at every door; what takes long to guess is not."""

import time

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from shop.accounts.guessable import LONGEST, GuessablePasswordValidator
from shop.accounts.models import User
from tests.factories.people import PASSWORD, client_of

MIRA = User(username="mira_rao", email="mirarao@khurja.example", name="Mira Lakshmanan")


@pytest.mark.parametrize(
    "password", ["P@ssw0rd1", "cricket123", "abcd1234efgh", "1q2w3e4r5t", "lakshmanan1", "khurja1987"]
)
def test_easy_to_guess(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, MIRA)
    assert "password_guessable" in [problem.code for problem in refused.value.error_list]


@pytest.mark.parametrize("password", ["x7Kp!m2Q", "Str0ng!Passw0rd", "correct-horse", PASSWORD, "a" * LONGEST + "bcd"])
def test_hard_or_too_long_to_look_at(password):
    validate_password(password, MIRA)


@pytest.mark.parametrize("odd", ["", "\x00" * 8, "पासवर्ड१२३", "🙂" * 9, "\ud800abcdefg", "   \t\n    ", "٣٣٣٣٣٣٣٣"])
def test_odd_ones_break_nothing(odd):
    """Refused or not, by this check or another."""
    try:
        GuessablePasswordValidator().validate(odd)
    except ValidationError as refused:
        assert refused.code == "password_guessable"


def test_a_hostile_one_costs_little():
    """Its work grows exponentially with the length: 32 such letters cost half a second."""
    GuessablePasswordValidator().validate("x7Kp!m2Q")  # reads the lists
    began = time.process_time()
    for length in (LONGEST, 250):
        with_letters = ("!4|c{726$|<4i6[1%<7@+z(o@3295oc$" * 8)[:length]
        GuessablePasswordValidator().validate(with_letters)
    assert time.process_time() - began < 0.1


@pytest.mark.django_db
def test_every_door(asha, client, guest):
    weak = "P@ssw0rd1"
    answer = guest.post("/api/users/", {"email": "new@example.com", "password": weak})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["password"])
    answer = client_of(asha).post("/api/self/password/", {"old_password": PASSWORD, "new_password": weak})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["new_password"])
    page = client.post("/account/signup/", {"name": "New", "email": "new@example.com", "password": weak})
    assert page.status_code in (200, 422) and "easy to guess" in page.content.decode()
    assert list(User.objects.all()) == [asha] and User.objects.get().check_password(PASSWORD)
