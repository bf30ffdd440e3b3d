"""Secrets for `make run` and tests: made once per DATA_DIR, so that sessions survive a restart. Never for production."""

from __future__ import annotations

import json
import os
import secrets
import socket
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from shop.settings import providers

COURIER_KEY = "demo-courier"
FILE = "demo-secrets.json"


def provide(data_dir: Path) -> None:
    """Put the demo's secrets into the environment where the operator has set none."""
    if os.environ.get("DEMO_PASSWORD") == "":
        del os.environ["DEMO_PASSWORD"]
    for name, value in _stored(data_dir / FILE).items():
        os.environ.setdefault(name, value)


def provide_gateways() -> None:
    """Name a demo gateway (shop/running/gateway.py starts it) for each one that the operator has set no keys of."""
    for module in providers.modules().values():
        if hasattr(module, "EMULATOR") and not os.environ.get(module.KEY):
            os.environ |= module.demo(f"http://127.0.0.1:{_free_port()}")


def provide_courier() -> None:
    """Name the demo courier (shop/running/courier.py starts it) unless the operator has named one."""
    if not os.environ.get("COURIER_API_URL"):
        os.environ |= {
            "COURIER_API_URL": f"http://127.0.0.1:{_free_port()}",
            "COURIER_API_KEY": COURIER_KEY,
            "COURIER_WEBHOOK_SECRETS": secrets.token_hex(16),
            "COURIER_NAME": "Demo courier",
        }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def password_given(data_dir: Path) -> str:
    """With which the demo's people sign in so far: chosen at an earlier start, else made."""
    return _stored(data_dir / FILE)["DEMO_PASSWORD"]


def _stored(path: Path) -> dict[str, str]:
    known = json.loads(path.read_text()) if path.exists() else {}
    if known.keys() >= MAKERS.keys():
        return known
    made = {name: make() for name, make in MAKERS.items()} | known
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        json.dump(made, handle)
    return made


def make_private_key() -> str:
    return _pem(rsa.generate_private_key(public_exponent=65537, key_size=2048))


def make_push_key() -> str:
    return _pem(ec.generate_private_key(ec.SECP256R1()))


def _pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


MAKERS = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "JWT_PRIVATE_KEY": make_private_key,
    "VAPID_PRIVATE_KEY": make_push_key,
    "FIELD_ENCRYPTION_KEYS": lambda: Fernet.generate_key().decode(),
    "DEMO_PASSWORD": lambda: f"osari-{secrets.token_hex(4)}",
}
