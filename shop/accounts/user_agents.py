"""A browser's User-Agent in words that its owner knows again: "Firefox, Windows". A guess, for people only."""

from __future__ import annotations

import ipaddress
import re

LONGEST = 300
# The first that fits: every Chromium calls itself Chrome and Safari too.
BROWSERS = (("Edge", r"Edg(e|A|iOS)?/"), ("Opera", r"OPR/|Opera"), ("Samsung Internet", r"SamsungBrowser/"),
            ("Firefox", r"Firefox/|FxiOS/"), ("Chrome", r"Chrome/|CriOS/"), ("Safari", r"Safari/"),
            ("okhttp", r"okhttp/"), ("curl", r"curl/"), ("Python", r"python-requests/|Python-urllib/|httpx/"))  # fmt: skip
SYSTEMS = (("iPhone", r"iPhone"), ("iPad", r"iPad"), ("Android", r"Android"), ("Windows", r"Windows"),
           ("ChromeOS", r"CrOS"), ("Mac", r"Mac OS X|Macintosh"), ("Linux", r"Linux"))  # fmt: skip


def device_of(user_agent: str) -> str:
    """Empty where nothing is known."""
    found = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return ", ".join(part for part in found if part)


def coarse(address: str) -> str:
    """A network address without its last part (IPv4: /24, IPv6: /48): enough to know one's own town by."""
    try:
        found = ipaddress.ip_address(address.partition("/")[0])
    except ValueError:
        return ""
    bits = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network(f"{found}/{bits}", strict=False))


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, user_agent)), "")
