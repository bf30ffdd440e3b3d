from __future__ import annotations

from email.utils import parseaddr
from smtplib import SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from shop.notifications.errors import OutcomeUnknown, Undeliverable
from shop.notifications.kinds import TRANSACTIONAL, topic_of
from shop.notifications.models import Notification
from shop.notifications.private_links import HIDDEN, HIDDEN_STOP, link_of, reveal
from shop.notifications.stopping import stop_link


def send_email(notification: Notification) -> None:
    """Hand a letter to the mail server. A server that cannot be reached or says no is asked again; one that falls
    silent after it was given the letter is not."""
    text, html, headers = notification.message, notification.html, _headers(notification)
    links = _links(notification)
    if HIDDEN_STOP in links:
        headers |= {
            "List-Unsubscribe": f"<{links[HIDDEN_STOP]}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    text, html = reveal(text, html, links)
    connection = get_connection()
    mail = EmailMultiAlternatives(
        notification.subject, text, to=[notification.address], headers=headers, connection=connection
    )
    if html:
        mail.attach_alternative(html, "text/html")
    connection.open()
    try:
        mail.send()
    except (TimeoutError, SMTPServerDisconnected) as silence:
        raise OutcomeUnknown(f"No answer from the mail server ({silence}). It may have been sent.") from silence
    finally:
        connection.close()


def _links(notification: Notification) -> dict[str, str]:
    links = {}
    if notification.link_maker:
        link = link_of(notification)
        if link is None:
            raise Undeliverable("No longer wanted.")
        links[HIDDEN] = link
    if topic_of(notification.kind) not in TRANSACTIONAL:
        links[HIDDEN_STOP] = stop_link(notification)
    return links


def _headers(notification: Notification) -> dict[str, str]:
    """The same id whenever it is sent: should a letter come twice after all, mail programs show it once."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return {"Message-ID": f"<notice-{notification.pk}@{domain}>"}
