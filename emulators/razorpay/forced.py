"""Changes that did not come through the shop: the bank's, and those of staff on the gateway's dashboard."""

from typing import Any

from ..common.wire import Request
from .disputes import move_dispute, open_dispute
from .errors import ApiError
from .payments import authorize_payment, fail_payment, settle_capture
from .refunds import fail_refund, process_refund, refund_payment
from .world import World


def move_payment(world: World, request: Request, payment_id: str) -> Any:
    """`{status: authorized | captured | failed, reason?}`; events fire as for real."""
    account = world.find_owner(lambda candidate: payment_id in candidate.payments)
    data = request.json()
    with account.lock:
        payment = account.find_payment(payment_id)
        before, after = payment.entity["status"], data.get("status")
        if before in ("created", "failed") and after in ("authorized", "captured"):
            authorize_payment(account, payment)
        elif before == "created" and after == "failed":
            fail_payment(account, payment, data.get("reason", "payment_failed"))
        elif (before, after) != ("authorized", "captured"):
            raise ApiError(f"A payment cannot go from {before} to {after}.", field="status")
        if after == "captured" and payment.entity["status"] == "authorized":
            settle_capture(account, payment, unasked=True)
        return payment.entity


def move_refund(world: World, request: Request, refund_id: str) -> Any:
    """`{status: processed | failed}`; a processed refund may still fail."""
    account = world.find_owner(lambda candidate: refund_id in candidate.refunds)
    status = request.json().get("status")
    with account.lock:
        refund = account.find_refund(refund_id)
        if status == "processed" and refund.entity["status"] == "pending":
            process_refund(account, refund)
        elif status == "failed" and refund.entity["status"] != "failed" and refund.of_capture:
            fail_refund(account, refund)
        else:
            raise ApiError(f"This refund cannot become {status}.", field="status")
        return refund.entity


def capture_on_dashboard(world: World, request: Request) -> Any:
    payment_id = request.json().get("payment_id", "")
    account = world.find_owner(lambda candidate: payment_id in candidate.payments)
    with account.lock:
        payment = account.find_payment(payment_id)
        if payment.entity["status"] != "authorized":
            raise ApiError("Only authorized payments can be captured.", field="payment_id")
        settle_capture(account, payment, unasked=False)
        return payment.entity


def refund_on_dashboard(world: World, request: Request) -> Any:
    """`{payment_id, amount?, notes?}`: the same rules and events as through the API."""
    data = request.json()
    payment_id = data.pop("payment_id", "")
    account = world.find_owner(lambda candidate: payment_id in candidate.payments)
    with account.lock:
        return refund_payment(account, payment_id, data).entity


def dispute_payment(world: World, request: Request, payment_id: str) -> Any:
    account = world.find_owner(lambda candidate: payment_id in candidate.payments)
    with account.lock:
        return open_dispute(account, payment_id, request.json())


def decide_dispute(world: World, request: Request, dispute_id: str) -> Any:
    account = world.find_owner(lambda candidate: dispute_id in candidate.disputes)
    with account.lock:
        return move_dispute(account, dispute_id, request.json())
