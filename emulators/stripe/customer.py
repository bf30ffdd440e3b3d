"""The customer on the hosted page: one attempt to pay, and where the browser goes then."""

from typing import Any

from .account import Account, Intent, Session
from .errors import ApiError
from .intents import decline, hold, intent_of, settle_capture, succeed

CARDS = {
    "4242424242424242": "success",
    "4000000000000002": "fail:card_declined",
    "4000000000009995": "fail:insufficient_funds",
    "4000002500003155": "unfinished",
    "4000002760003184": "unfinished",
}
OUTCOMES = ("success", "authorized_only", "cancel", "unfinished", "in_app_retry", "late_success", "async")
LATE_SECONDS = 1800


def pay_session(account: Account, session_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """Play an attempt: `{outcome?, card?: {number}, after?}`.

    Returns `{session_id, payment_intent, url}` with the address that the browser is sent to, `{error, …}` when it
    stays on the page, `{pending: true, …}` when it is left in the middle of it.
    """
    session = account.find_session(session_id)
    number = str((data.get("card") or {}).get("number", "4242424242424242")).replace(" ", "")
    outcome = str(data.get("outcome") or CARDS.get(number, "fail:card_declined"))
    if outcome not in OUTCOMES and not outcome.startswith("fail:"):
        raise ApiError(f"No outcome {outcome}.", param="outcome")
    if outcome == "cancel":
        return {"session_id": session_id, "cancelled": True, "url": session.entity["cancel_url"]}
    if session.entity["status"] != "open":
        raise ApiError(f"This session is {session.entity['status']}.", code="session_closed")
    return _play(account, session, outcome, data)


def _play(account: Account, session: Session, outcome: str, data: dict[str, Any]) -> dict[str, Any]:
    intent = intent_of(account, session)
    ids = {"session_id": session.entity["id"], "payment_intent": intent.entity["id"]}
    if outcome.startswith("fail:"):
        return {"error": decline(account, intent, outcome.removeprefix("fail:")), **ids}
    if outcome == "late_success":
        error = decline(account, intent, "card_declined")
        account.call_in(int(data.get("after", LATE_SECONDS)), lambda: _pay_late(account, session, intent))
        return {"error": error, **ids}
    if outcome == "unfinished":
        intent.entity["status"] = "requires_action"
        return {"pending": True, **ids}
    if outcome == "in_app_retry":
        decline(account, intent, "card_declined")
    if outcome == "authorized_only":
        intent.entity["capture_method"] = "manual"
    if outcome == "async":
        intent.entity["status"] = "processing"
        account.outbox.emit("payment_intent.processing", intent.entity)
    else:
        succeed(account, intent)
    complete(account, session)
    return {**ids, "url": success_address(session)}


def _pay_late(account: Account, session: Session, intent: Intent) -> None:
    if session.entity["status"] == "open" and intent.entity["status"] == "requires_payment_method":
        succeed(account, intent)
        complete(account, session)


def complete(account: Account, session: Session) -> None:
    session.entity.update(status="complete", url=None)
    account.outbox.emit("checkout.session.completed", session.entity)


def finish_async(account: Account, intent: Intent, *, succeeds: bool) -> None:
    """The bank's late word on a payment that was processing."""
    if succeeds:
        intent.entity["capture_method"] = "automatic"
        succeed(account, intent)
    else:
        decline(account, intent, "card_declined")
    if intent.session:
        name = "succeeded" if succeeds else "failed"
        account.outbox.emit(f"checkout.session.async_payment_{name}", intent.session.entity)


def success_address(session: Session) -> str:
    return session.entity["success_url"].replace("{CHECKOUT_SESSION_ID}", session.entity["id"])


def move_intent(account: Account, intent: Intent, status: str, reason: str) -> None:
    """A change by the bank: `succeeded`, `requires_capture`, `failed`."""
    before = intent.entity["status"]
    if before == "requires_capture" and status == "succeeded":
        settle_capture(account, intent, intent.entity["amount"])
    elif before == "processing" and status in ("succeeded", "failed"):
        finish_async(account, intent, succeeds=status == "succeeded")
    elif before in ("requires_payment_method", "requires_action") and status == "succeeded":
        succeed(account, intent)
        if intent.session and intent.session.entity["status"] == "open":
            complete(account, intent.session)
    elif before in ("requires_payment_method", "requires_action") and status == "requires_capture":
        hold(account, intent)
    elif before in ("requires_payment_method", "requires_action") and status == "failed":
        decline(account, intent, reason)
    else:
        raise ApiError(f"A payment cannot go from {before} to {status}.", param="status")
