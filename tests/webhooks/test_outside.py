"""An address that somebody typed in leads to no machine of ours."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from shop.webhooks import outside
from shop.webhooks.outside import Refused, check_url, is_public
from tests.webhooks.certificate import make_certificate

PRIVATE = [
    "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:8.8.8.8", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.1.2.3", "2606:4700:4700::1111"])
def test_public_ones_are(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "localhost", "2130706433", "0x7f.1", "127.1", "[::ffff:7f00:1]"]
)
def test_nothing_inside_is_called_however_it_is_written(host, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it was called"))
    answer = outside.post(f"https://{host}/", headers={}, body=b"")
    assert answer.code is None
    assert answer.error.startswith(("Refused", "gaierror"))


def test_a_name_that_leads_inside_by_one_of_its_addresses_is_refused(monkeypatch):
    found = [(0, 0, 0, "", ("8.8.8.8", 443)), (0, 0, 0, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it was called"))
    assert "private address" in outside.post("https://shop.example/", headers={}, body=b"").error


def test_the_address_that_was_looked_at_is_the_one_that_is_called(monkeypatch):
    """A name may lead somewhere else when it is asked a second time."""
    answers = [[(0, 0, 0, "", ("8.8.8.8", 443))], [(0, 0, 0, "", ("127.0.0.1", 443))]]
    called: list[tuple] = []

    def connect(address, **_options):
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers.pop(0))
    monkeypatch.setattr(socket, "create_connection", connect)
    outside.post("https://shop.example/", headers={}, body=b"")
    assert called == [("8.8.8.8", 443)]
    assert len(answers) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/", "ftp://shop.example/", "file:///etc/passwd", "https://", "https:///path", "shop.example", "",
        "https://me:secret@shop.example/", "https://me@shop.example/", "https://shop.example:99999/", "https://[::1/",
    ],
)  # fmt: skip
def test_other_addresses_are_refused(url):
    with pytest.raises(Refused):
        check_url(url)


def test_plain_http_is_for_the_demo(settings):
    settings.WEBHOOKS_MAY_STAY_INSIDE = True
    assert check_url("http://127.0.0.1:8000/").port == 8000


@contextmanager
def https_server(certificate: Path) -> Iterator[int]:
    """Answers one request; yields its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def serve(listening: socket.socket) -> None:
        connected, _address = listening.accept()
        with closing(connected), suppress(OSError), context.wrap_socket(connected, server_side=True) as secure:
            received = b""
            while not received.endswith(b"{}") and (more := secure.recv(4096)):
                received += more  # the body may come behind the headers; unread it would cut the line
            secure.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(5)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path, settings):
    settings.WEBHOOKS_MAY_STAY_INSIDE = True
    with https_server(make_certificate(tmp_path)) as port:
        answer = outside.post(f"https://localhost:{port}/", headers={}, body=b"")
    assert answer.error.startswith("SSLCertVerificationError")


@pytest.mark.parametrize(("host", "code"), [("localhost", 204), ("127.0.0.1", None)])
def test_the_certificate_must_say_the_name_of_the_address(tmp_path, settings, monkeypatch, host, code):
    settings.WEBHOOKS_MAY_STAY_INSIDE = True
    certificate = make_certificate(tmp_path)
    trusting = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
    with https_server(certificate) as port:
        assert outside.post(f"https://{host}:{port}/", headers={}, body=b"{}").code == code
