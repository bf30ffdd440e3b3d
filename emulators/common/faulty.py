"""One API call through whatever trouble waits for it."""

from collections.abc import Callable

from .account import BaseAccount
from .faults import Fault, MakeError, alter_response, answers_itself
from .wire import Request, Response


def answer_with_faults(
    account: BaseAccount, request: Request, answer: Callable[[], Response], make_error: MakeError
) -> Response | None:
    """Call `answer` unless a fault replaces it; None means: close the line without a word."""
    with account.lock:
        fault = account.faults.take(request)
    if fault is None:
        return answer()
    if fault.phase == "before":
        return _answer_after_stall(account, answer, fault, make_error)
    response = answer()
    account.faults.stall(fault)
    return alter_response(fault, response, make_error)


def _answer_after_stall(
    account: BaseAccount, answer: Callable[[], Response], fault: Fault, make_error: MakeError
) -> Response | None:
    account.faults.stall(fault)
    if answers_itself(fault):
        return alter_response(fault, None, make_error)
    return alter_response(fault, answer(), make_error)
