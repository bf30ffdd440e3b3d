"""SMS. Which service sends it says the scheme of SMS_URL; one more service is one more function in `SERVICES`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from copy import copy
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import requests
from django.conf import settings
from urllib3.exceptions import NewConnectionError

from shop.notifications.errors import OutcomeUnknown, Undeliverable
from shop.notifications.models import Notification
from shop.notifications.private_links import HIDDEN, link_of

logger = logging.getLogger(__name__)
SECONDS = (5, 20)  # to connect, to be answered
LONGEST_VARIABLE = 30  # what the operators allow for one {#var#}


def send_sms(notification: Notification) -> None:
    url = urlsplit(settings.SMS_URL)
    service = SERVICES.get(url.scheme)
    if service is None:
        raise Undeliverable("This shop has no service for SMS.")
    service(_revealed(notification), url)


def _revealed(notification: Notification) -> Notification:
    """A copy with the code in its place: the row never holds it."""
    if not notification.link_maker:
        return notification
    secret = link_of(notification)
    if secret is None:
        raise Undeliverable("No longer wanted.")
    shown = copy(notification)
    shown.message = notification.message.replace(HIDDEN, secret)
    shown.facts = {name: str(value).replace(HIDDEN, secret) for name, value in notification.facts.items()}
    return shown


def _console(notification: Notification, url: SplitResult) -> None:
    """For `make run` and development: the log is the telephone. A code is waited for: it shows there always."""
    level = logging.WARNING if "code" in notification.facts else logging.INFO
    logger.log(level, "SMS to %s: %s", notification.address, notification.message)


def _msg91(notification: Notification, url: SplitResult) -> None:
    """MSG91's flow API: the registered template's id and the words for its ##variables##, never free text."""
    if not notification.sms_template_id:
        raise Undeliverable("The text has no DLT template id, without which no operator in India delivers it.")
    said = _words(notification)
    body: dict[str, Any] = {
        "template_id": notification.sms_template_id,
        "recipients": [{"mobiles": _digits(notification)} | said],
    }
    scheme = "http" if url.scheme.endswith("+http") else "https"
    where = f"{scheme}://{url.netloc.rpartition('@')[2]}/api/v5/flow/"
    try:
        answer = requests.post(where, json=body, headers={"authkey": unquote(url.username or "")}, timeout=SECONDS)
    except requests.RequestException as error:
        if _never_arrived(error):
            raise  # another try is safe
        raise OutcomeUnknown("No answer from the SMS service. It may have been sent.") from error
    _read(answer)


def _never_arrived(error: requests.RequestException) -> bool:
    cause = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectTimeout) or isinstance(cause, NewConnectionError)


def _read(answer: requests.Response) -> None:
    """A refusal is final, trouble of theirs is not. No text of theirs is kept: it may repeat the key."""
    if answer.status_code == 429 or answer.status_code >= 500:
        raise ConnectionError(f"The SMS service answered {answer.status_code}.")
    told = answer.json() if "json" in answer.headers.get("Content-Type", "") else {}
    if answer.status_code >= 400 or not isinstance(told, dict) or told.get("type") != "success":
        raise Undeliverable(f"The SMS service refused it ({answer.status_code}, code {_code(told)}).")


def _code(told: object) -> str:
    return str(told.get("code", "–"))[:20] if isinstance(told, dict) else "–"


def _digits(notification: Notification) -> str:
    return notification.address.lstrip("+")


def _words(notification: Notification) -> dict[str, str]:
    return {name: str(value)[:LONGEST_VARIABLE] for name, value in notification.facts.items()}


SERVICES: dict[str, Callable[[Notification, SplitResult], None]] = {
    "console": _console,
    "msg91": _msg91,
    "msg91+http": _msg91,  # a local server, in tests; production refuses it
}
