"""What a browser loads: checkout.js, and the page that carries a result back to the shop."""

from pathlib import Path

from ..common.wire import Request, Response

CHECKOUT_JS = Path(__file__).with_name("checkout.js")
RETURN_HTML = Path(__file__).with_name("return.html")
RETURN_JS = Path(__file__).with_name("return.js")
FILES = {
    "/v1/checkout.js": (CHECKOUT_JS, "text/javascript; charset=utf-8"),
    "/v1/checkout/return": (RETURN_HTML, "text/html; charset=utf-8"),
    "/v1/checkout/return.js": (RETURN_JS, "text/javascript; charset=utf-8"),
}
HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin", "X-Content-Type-Options": "nosniff"}


def answer_page(request: Request) -> Response | None:
    """Return a file, or None when the path is not one of them."""
    if request.method != "GET" or request.path not in FILES:
        return None
    path, content_type = FILES[request.path]
    return Response(200, path.read_bytes(), content_type, dict(HEADERS))
