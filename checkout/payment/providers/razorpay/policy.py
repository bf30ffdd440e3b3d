"""What the payment page may load from the gateway."""

from __future__ import annotations

from urllib.parse import urlsplit

LOADS = ("script-src", "connect-src", "frame-src", "img-src", "font-src", "form-action")


def content_policy(script_url: str) -> dict[str, list[str]]:
    """By the address of checkout.js: the real one loads from several hosts and writes style attributes."""
    parts = urlsplit(script_url)
    if (parts.hostname or "").endswith(".razorpay.com"):
        return _load_from("https://*.razorpay.com") | {"style-src": ["'unsafe-inline'"]}
    return _load_from(f"{parts.scheme}://{parts.netloc}")


def _load_from(host: str) -> dict[str, list[str]]:
    return {name: [host] for name in LOADS}
