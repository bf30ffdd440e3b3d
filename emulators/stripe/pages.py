"""`/c/pay/…`: the hosted checkout page, a plain form that works without JavaScript."""

import html
import re
from pathlib import Path
from string import Template
from urllib.parse import parse_qs

from ..common.errors import Refusal
from ..common.wire import Request, Response
from .account import Account, Session
from .currencies import decimals_of
from .customer import pay_session, success_address
from .world import World

PATH = re.compile(r"/c/pay/(cs_test_\w+)")
PAGE = Template(Path(__file__).with_name("checkout.html").read_text(encoding="utf-8"))
CLOSED = Template(Path(__file__).with_name("closed.html").read_text(encoding="utf-8"))
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    # No form-action: Chromium applies it to the redirect back to the shop too.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
}


def answer_page(world: World, request: Request) -> Response | None:
    """Return the page, or None when the path is not one of them."""
    found = PATH.fullmatch(request.path)
    if not found:
        return None
    try:
        account = world.find_owner(lambda candidate: found.group(1) in candidate.sessions)
    except Refusal:
        return _html(404, CLOSED.substitute(text="There is no such payment page.", back=""))
    with account.lock:
        account.clock.run_due()
        session = account.find_session(found.group(1))
        if request.method == "POST":
            return _take(account, session, request)
        return _show(session)


def _take(account: Account, session: Session, request: Request) -> Response:
    form = parse_qs(request.raw.decode(errors="replace"))
    outcome = form.get("outcome", [""])[0]
    data = {"card": {"number": form.get("number", [""])[0]}} if outcome == "card" else {"outcome": outcome}
    try:
        result = pay_session(account, session.entity["id"], data)
    except Refusal as refusal:
        return _show(session, refusal.description)
    if "url" in result:
        return Response(303, b"", headers=HEADERS | {"Location": result["url"] or "/"})
    error = result.get("error") or {"message": "The bank waits for a confirmation that did not come."}
    return _show(session, str(error["message"]))


def _show(session: Session, error: str = "") -> Response:
    entity = session.entity
    if entity["status"] != "open":
        back = success_address(session) if entity["status"] == "complete" else entity["cancel_url"] or ""
        text = "This has been paid already." if entity["status"] == "complete" else "This payment page has expired."
        link = f'<p><a data-testid="emu-back" href="{html.escape(back)}">Back to the shop</a></p>' if back else ""
        return _html(200, CLOSED.substitute(text=text, back=link))
    alert = f'<p role="alert" data-testid="emu-error">{html.escape(error)}</p>' if error else ""
    return _html(200, PAGE.substitute(amount=html.escape(_amount(entity)), error=alert))


def _amount(entity: dict) -> str:
    code = entity["currency"].upper()
    digits = decimals_of(code)
    return f"{code} {entity['amount_total'] / 10**digits:,.{digits}f}"


def _html(status: int, text: str) -> Response:
    return Response(status, text.encode(), "text/html; charset=utf-8", dict(HEADERS))
