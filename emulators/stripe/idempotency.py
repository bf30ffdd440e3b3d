"""`Idempotency-Key`: the first answer is kept for a day and given again, a 500 too."""

from collections.abc import Callable

from ..common.wire import Request, Response, make_json
from .account import Account, KeptAnswer
from .errors import ApiError

LONGEST_KEY = 255
KEPT_SECONDS = 86_400


def answer_once(account: Account, request: Request, run: Callable[[], Response]) -> Response:
    """Run a POST once per key. What was refused before any effect is not kept. The account's lock is held."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return _answer(account, run)[0]
    try:
        kept = _claim(account, request, key)
    except ApiError as error:
        return make_json(error.status, error.as_json())
    if kept.answer is not None:
        return Response(kept.answer.status, kept.answer.body, headers={"Idempotent-Replayed": "true"})
    response, is_kept = _answer(account, run)
    if is_kept:
        kept.answer = response
        request.finishers.append(lambda: setattr(kept, "running", False))
    else:
        account.keys.pop(key, None)
    return response


def _claim(account: Account, request: Request, key: str) -> KeptAnswer:
    if not 0 < len(key) <= LONGEST_KEY:
        raise ApiError("The idempotency key is too long.", kind="idempotency_error")
    fingerprint = request.path.encode() + b"?" + request.raw
    kept = account.keys.get(key)
    if kept is None or kept.created + KEPT_SECONDS <= account.clock.exact():
        account.keys[key] = KeptAnswer(fingerprint, account.clock.exact())
        return account.keys[key]
    if kept.fingerprint != fingerprint:
        raise ApiError(
            "Keys for idempotent requests can only be used with the same parameters they were first used with.",
            kind="idempotency_error",
        )
    if kept.running:
        raise ApiError(
            "There is currently another in-progress request using this idempotency key.",
            status=409,
            kind="idempotency_error",
            code="idempotency_key_in_use",
        )
    return kept


def _answer(account: Account, run: Callable[[], Response]) -> tuple[Response, bool]:
    """The answer, and whether it is kept."""
    if account.switches.failures > 0:
        account.switches.failures -= 1
        error = ApiError("An unknown error occurred.", status=500, kind="api_error")
        return make_json(500, error.as_json()), True
    try:
        return run(), True
    except ApiError as error:
        return make_json(error.status, error.as_json()), not error.checked
