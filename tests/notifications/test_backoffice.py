"""Texts are edited by merchandisers, the log is read by support; placeholders are checked, failed ones sent again."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from shop.accounts.models import User
from shop.core.tasks.runner import run_everything_due
from shop.notifications.kinds import kinds
from shop.notifications.models import NoticeText, Notification
from shop.notifications.selectors import text_of
from shop.notifications.services.resend import resend
from tests.factories.people import make_user
from tests.factories.staff import ROLES, browser_of, outcome
from tests.threads import at_once

TEXT = "wagtailsnippets_notifications_noticetext:{}"
LOG = "wagtailsnippets_notifications_notification:{}"
FIELDS = {"kind": "order_paid", "locale": "en", "subject": "{number} is ours now", "heading": "Thanks, {name}.",
          "body": "{total} has come.\n\n{arrival}", "button": "Look", "sms": "Paid {number}", "sms_template_id": "1107"}  # fmt: skip


@pytest.fixture
def maya(db):
    return browser_of("merchandiser")


@pytest.fixture
def sam(db):
    return browser_of("support")


def make_text(**facts) -> NoticeText:
    return NoticeText.objects.create(**(FIELDS | facts))


def make_failed(**facts) -> Notification:
    facts.setdefault("recipient", User.objects.filter(username="asha").first() or make_user("asha"))
    facts = {"address": "asha@example.com", "channel": "email", "kind": "order_paid",
             "subject": "OS-1 is paid", "message": "It is.", "status": "failed", "error": "No server."} | facts  # fmt: skip
    return Notification.objects.create(**facts)


class TestTexts:
    def test_the_list_shows_what_the_shop_came_with(self, maya):
        make_text()
        page = maya.get(reverse(TEXT.format("list"))).content.decode()
        assert "{number} is ours now" in page
        assert page.count("?kind=") == sum(len(kind.texts) for kind in kinds.values()) - 1

    def test_a_new_one_begins_with_what_holds_now(self, maya):
        page = maya.get(reverse(TEXT.format("add")) + "?kind=order_paid&language=hi").content.decode()
        assert kinds["order_paid"].texts["hi"].subject in page
        assert "<code>{arrival}</code>" in page

    def test_saved_it_is_what_people_read(self, maya):
        maya.post(reverse(TEXT.format("add")), FIELDS)
        assert text_of("order_paid", "en").subject == "{number} is ours now"
        assert text_of("order_paid", "hi") == kinds["order_paid"].texts["hi"]

    @pytest.mark.parametrize("field", ["subject", "heading", "body", "button", "sms"])
    def test_an_unknown_word_is_an_error_that_names_it(self, maya, field):
        answer = maya.post(reverse(TEXT.format("add")), FIELDS | {field: "Look: {order_token}"})
        assert "{order_token} is no word of this notice" in answer.content.decode()
        assert not NoticeText.objects.exists()

    def test_the_same_kind_and_language_once(self, maya):
        make_text()
        answer = maya.post(reverse(TEXT.format("add")), FIELDS)
        assert "change that one" in answer.content.decode()
        assert NoticeText.objects.count() == 1

    @pytest.mark.parametrize(
        ("mode", "says"), [("html", "<h1"), ("text", "OS-24183 is ours now"), ("sms", "Paid OS-24183")]
    )
    def test_the_preview_is_filled_with_a_sample(self, db, mode, says):
        answer = make_text().make_preview_request(preview_mode=mode)
        assert says in answer.content.decode()
        policy = answer.headers["Content-Security-Policy"]
        assert mode != "html" or ("style-src 'unsafe-inline'" in policy and "default-src 'none'" in policy)
        assert ("Chai mug" in answer.content.decode()) == (mode != "sms")

    def test_a_test_goes_to_its_author_alone(self, maya):
        url = reverse(TEXT.format("test"), args=[make_text().pk])
        assert "merchandiser_person@example.com" in maya.get(url).content.decode()
        maya.post(url)
        run_everything_due()
        [letter] = mail.outbox
        assert (letter.to, letter.subject) == (["merchandiser_person@example.com"], "OS-24183 is ours now")

    def test_the_list_asks_little(self, maya, django_assert_max_num_queries):
        maya.get(reverse(TEXT.format("list")))
        make_text()
        with django_assert_max_num_queries(14):
            maya.get(reverse(TEXT.format("list")))


class TestLog:
    def test_it_is_narrowed_by_kind_channel_and_status(self, sam):
        make_failed()
        Notification.objects.create(kind="order_paid", channel="sms", address="+919876543210", status="sent")
        for query, shown in ({"kind": "order_paid"}, 2), ({"channel": "sms"}, 1), ({"status": "failed"}, 1):
            page = sam.get(reverse(LOG.format("list")), query)
            assert len(page.context["object_list"]) == shown, query

    def test_it_asks_little_however_much_there_is(self, sam, django_assert_max_num_queries):
        for number in range(30):
            make_failed(recipient=make_user(f"person{number}x"), reference=f"order:{number}")
        sam.get(reverse(LOG.format("list")))
        with django_assert_max_num_queries(16):
            sam.get(reverse(LOG.format("list")))

    def test_a_failed_one_is_sent_again(self, sam):
        notice = make_failed(sent_at=timezone.now())
        assert "Send again" in sam.get(reverse(LOG.format("inspect"), args=[notice.pk])).content.decode()
        sam.post(reverse(LOG.format("resend"), args=[notice.pk]))
        run_everything_due()
        notice.refresh_from_db()
        assert (notice.status, len(mail.outbox)) == ("sent", 1)

    def test_one_that_went_out_is_not(self, sam):
        notice = make_failed(status="sent")
        sam.post(reverse(LOG.format("resend"), args=[notice.pk]))
        run_everything_due()
        assert mail.outbox == []

    def test_two_who_send_it_again_send_it_once(self, own_database):
        notice = make_failed()
        results = at_once([lambda: resend(notification_id=notice.pk)] * 3)
        assert sum(isinstance(result, Notification) for result in results) == 1

    def test_nobody_makes_or_changes_one(self, db):
        admin = browser_of("admin")
        assert admin.get("/admin/snippets/notifications/notification/add/").status_code in (302, 403, 404)
        assert outcome(admin.get(f"/admin/snippets/notifications/notification/edit/{make_failed().pk}/")) != "ok"


class TestWhoMay:
    @pytest.mark.parametrize("role", ROLES)
    def test_texts(self, db, role):
        browser, row = browser_of(role), make_text()
        may = role in ("admin", "merchandiser")
        for name, args in (("list", []), ("add", []), ("edit", [row.pk]), ("test", [row.pk])):
            assert (outcome(browser.get(reverse(TEXT.format(name), args=args))) == "ok") == may, name

    @pytest.mark.parametrize("role", ROLES)
    def test_the_log(self, db, role):
        browser, notice = browser_of(role), make_failed()
        may = role in ("admin", "support")
        for name, args in (("list", []), ("inspect", [notice.pk]), ("resend", [notice.pk])):
            assert (outcome(browser.get(reverse(LOG.format(name), args=args))) == "ok") == may, name
        browser.post(reverse(LOG.format("resend"), args=[notice.pk]))
        notice.refresh_from_db()
        assert notice.status == ("queued" if may else "failed")
