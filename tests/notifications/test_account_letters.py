"""Mails about accounts: as the shop came, until a merchandiser writes another text; the secret link works either way."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from shop.accounts.events import SecondFactorAdded, SecondFactorRemoved
from shop.accounts.services.ask_password_reset import ask_password_reset
from shop.accounts.services.change_email import change_email
from shop.accounts.services.reset_password import reset_password
from shop.accounts.services.sign_up import sign_up
from shop.accounts.services.verify_email import verify_email
from shop.core.outbox import publish
from shop.core.tasks.runner import run_everything_due
from shop.notifications.account_changes import ADDED, TAKEN, what_changed
from shop.notifications.kinds import Topic, kinds
from shop.notifications.models import NoticeText, Notification
from tests.factories.people import PASSWORD, make_user
from tests.factories.staff import browser_of

ADD = reverse("wagtailsnippets_notifications_noticetext:add")
ACCOUNT = [kind.name for kind in kinds.values() if kind.topic == Topic.ACCOUNT]
OWN = {"kind": "password_reset", "locale": "en", "subject": "A new password, please", "heading": "Lost it?",
       "body": "It happens.\n\nHere is the way back.", "button": "This way", "note": "Not you? Sleep well."}  # fmt: skip


@pytest.fixture
def asha(db):
    return make_user("asha", is_verified=True)


def sent() -> list:
    while run_everything_due():
        pass
    return mail.outbox


def both_parts(letter) -> list[str]:
    return [letter.body, letter.alternatives[0][0]]


class TestAsShipped:
    def test_a_new_account(self, db):
        sign_up(email="mira@example.com", password=PASSWORD)
        [letter] = sent()
        assert letter.subject == "Confirm your address at Osari"
        for part in both_parts(letter):
            for said in ("Is this address yours?", "find orders that you placed as a guest. You can buy without it too.",
                         "Confirm the address", "Was it not you? Then do nothing."):  # fmt: skip
                assert said in part
        assert letter.body.index("/account/verify/") < letter.body.index("Was it not you?")

    def test_in_the_readers_language(self, db):
        user = make_user("asha", locale="hi")
        ask_password_reset(email=user.email)
        publish(SecondFactorAdded(user_id=user.pk, factor="webauthn"), aggregate=f"user:{user.pk}")
        reset, changed = sorted(sent(), key=lambda letter: "पासवर्ड" not in letter.subject)
        assert reset.subject == "Osari के लिए नया पासवर्ड चुनें"
        assert 'lang="hi"' in reset.alternatives[0][0]
        assert "आपके खाते में पासकी जोड़ी गई।" in changed.body or "पासकी" in changed.body

    def test_another_address_is_asked_of_in_other_words_than_a_new_account(self, asha):
        change_email(user=asha, email="new@example.com", password=PASSWORD, session=None, at=timezone.now())
        [question] = sent()
        assert (question.to, question.subject) == (["new@example.com"], "Confirm your new address at Osari")
        verify_email(key=re.search(r"/account/verify/(\S+)/", question.body)[1])
        told = sent()[-1]
        assert told.to == ["asha@example.com"]
        assert "you sign in with n…@example.com, and we write there" in told.body

    def test_what_changed_is_one_sentence_for_each(self, asha):
        publish(SecondFactorRemoved(user_id=asha.pk, factor="all"), aggregate=f"user:{asha.pk}")
        assert "An administrator took all second factors away" in sent()[0].body
        for added, words in ((True, ADDED), (False, TAKEN)):
            for factor in words:
                in_hindi = what_changed(factor=factor, added=added, locale="hi")
                assert in_hindi not in ("", what_changed(factor=factor, added=added, locale=""))


class TestEdited:
    def test_it_is_what_people_read_and_the_link_still_works(self, asha):
        browser_of("merchandiser").post(ADD, OWN)
        assert NoticeText.objects.get().note == "Not you? Sleep well."
        ask_password_reset(email=asha.email)
        [letter] = sent()
        assert letter.subject == "A new password, please"
        assert all("Here is the way back." in part and "Not you? Sleep well." in part for part in both_parts(letter))
        key = re.search(r"This way: \S+/account/password/reset/(\S+)/", letter.body)[1]
        assert key not in str(list(Notification.objects.values()))
        reset_password(key=key, new_password="another long one")

    def test_other_languages_stay(self, db):
        user = make_user("asha", locale="hi")
        NoticeText.objects.create(**OWN)
        ask_password_reset(email=user.email)
        assert sent()[0].subject == "Osari के लिए नया पासवर्ड चुनें"

    @pytest.mark.parametrize("name", ACCOUNT)
    def test_nobody_is_named(self, name):
        """Who signs up with a stranger's address types the name: no text of the shop may carry it there."""
        assert not {"name", "username", "first_name"} & set(kinds[name].samples)

    @pytest.mark.parametrize(("typed", "said"), [
        ({"button": ""}, "way to the link of this letter"),
        ({"body": "Dear {name}"}, "{name} is no word of this notice: nothing is filled in here"),
        ({"note": "{x}"}, "{x} is no word of this notice"),
        ({"kind": "sign_in_code", "sms": "Your code is there."}, "{code} has to stand here"),
        ({"kind": "sign_in_code", "sms": ""}, "{code} has to stand here"),
    ])  # fmt: skip
    def test_a_text_that_would_not_work_is_refused(self, db, typed, said):
        answer = browser_of("merchandiser").post(ADD, OWN | typed)
        assert said in answer.content.decode()
        assert not NoticeText.objects.exists()

    @pytest.mark.parametrize("name", ACCOUNT)
    def test_preview_and_test_letter(self, db, name):
        text = kinds[name].texts["en"]
        facts = {
            "subject": text.subject,
            "heading": text.heading,
            "body": text.body,
            "button": text.button,
            "note": text.note,
        }
        row = NoticeText.objects.create(kind=name, locale="en", **facts)
        shown = row.make_preview_request(preview_mode="html").content.decode()
        assert text.heading in shown and "{" not in shown.partition("</style>")[2]
        browser_of("merchandiser").post(reverse("wagtailsnippets_notifications_noticetext:test", args=[row.pk]))
        assert len(sent()) == 1

    def test_the_notices_are_chosen_by_topic(self, db):
        page = browser_of("merchandiser").get(f"{ADD}?kind=verify_email&language=en").content.decode()
        assert '<optgroup label="Account and security">' in page
        assert "No words are filled in." in page
