"""`/_emu/…`: what is Stripe's own among the control calls. Accounts are named by `account` (`acct_…`)."""

from typing import Any, cast

from ..common.control import Route, make_dispatch, pick_account
from ..common.errors import Refusal
from ..common.wire import Request, Response, make_json
from .account import Account
from .customer import move_intent, pay_session
from .disputes import close_dispute, open_dispute
from .errors import ApiError
from .intents import capture_by_call
from .ledger import read_ledger
from .refunds import fail_refund, finish_refund, refund_by_call
from .world import World


def pay(world: World, request: Request, session_id: str) -> Any:
    account = world.find_owner(lambda candidate: session_id in candidate.sessions)
    with account.lock:
        account.clock.run_due()
        return pay_session(account, session_id, request.json())


def show_session(world: World, _: Request, session_id: str) -> Any:
    account = world.find_owner(lambda candidate: session_id in candidate.sessions)
    with account.lock:
        return account.find_session(session_id).entity


def move_payment(world: World, request: Request, intent_id: str) -> Any:
    """`{status: succeeded | requires_capture | failed, reason?}`; events fire as for real."""
    account = _owner_of_intent(world, intent_id)
    data = request.json()
    with account.lock:
        intent = account.find_intent(intent_id)
        move_intent(account, intent, str(data.get("status")), str(data.get("reason", "card_declined")))
        return intent.entity


def move_refund(world: World, request: Request, refund_id: str) -> Any:
    """`{status: succeeded | failed}`; a refund that succeeded may still fail."""
    account = world.find_owner(lambda candidate: refund_id in candidate.refunds)
    status = request.json().get("status")
    with account.lock:
        refund = account.find_refund(refund_id)
        if status == "succeeded" and refund.entity["status"] == "pending":
            finish_refund(account, refund)
        elif status == "failed" and refund.entity["status"] != "failed":
            fail_refund(account, refund)
        else:
            raise ApiError(f"This refund cannot become {status}.", param="status")
        return refund.entity


def dispute(world: World, request: Request, intent_id: str) -> Any:
    """`{reason?}`: the customer's bank takes the money back."""
    account = _owner_of_intent(world, intent_id)
    with account.lock:
        return open_dispute(account, account.find_intent(intent_id), request.json().get("reason", "fraudulent"))


def move_dispute(world: World, request: Request, dispute_id: str) -> Any:
    """`{status: won | lost}`."""
    account = world.find_owner(lambda candidate: dispute_id in candidate.disputes)
    with account.lock:
        return close_dispute(account, account.find_dispute(dispute_id), str(request.json().get("status")))


def refund_on_dashboard(world: World, request: Request) -> Any:
    """`{payment_id, amount?}`: the same rules and events as through the API."""
    data = request.json()
    intent_id = data.get("payment_id", "")
    account = _owner_of_intent(world, intent_id)
    wanted = {"payment_intent": intent_id}
    if data.get("amount") is not None:
        wanted["amount"] = str(data["amount"])
    with account.lock:
        return refund_by_call(account, wanted)


def capture_on_dashboard(world: World, request: Request) -> Any:
    intent_id = request.json().get("payment_id", "")
    account = _owner_of_intent(world, intent_id)
    with account.lock:
        return capture_by_call(account, intent_id, {})


def show_ledger(world: World, request: Request) -> Any:
    account = cast(Account, pick_account(world, request))
    with account.lock:
        return read_ledger(account)


def _owner_of_intent(world: World, intent_id: str) -> Account:
    return world.find_owner(lambda candidate: intent_id in candidate.intents)


ROUTES: tuple[Route, ...] = (
    ("GET", "orders/([^/]+)", show_session),
    ("POST", "orders/([^/]+)/pay", pay),
    ("POST", "payments/([^/]+)/transition", move_payment),
    ("POST", "payments/([^/]+)/dispute", dispute),
    ("POST", "refunds/([^/]+)/transition", move_refund),
    ("POST", "disputes/([^/]+)/transition", move_dispute),
    ("POST", "dashboard/capture", capture_on_dashboard),
    ("POST", "dashboard/refund", refund_on_dashboard),
    ("GET", "ledger", show_ledger),
)
_dispatch = make_dispatch(ROUTES)


def answer_control(world: World, request: Request) -> Response:
    try:
        return make_json(200, _dispatch(world, request))
    except Refusal as error:
        return make_json(error.status, error.as_json())
