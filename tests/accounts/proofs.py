"""Second factors in tests: an authenticator app that is set up, and what it shows."""

from __future__ import annotations

import hashlib
import secrets
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from shop.accounts.models import User
from shop.core.encryption import encrypt


def code_of_app(secret: str, *, later: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def give_app(user: User) -> str:
    """The seed."""
    secret = generate_totp_secret()
    Authenticator.objects.create(user=user, type="totp", data={"secret": encrypt(secret)})
    return secret


def give_codes(user: User) -> list[str]:
    return RecoveryCodes.activate(user).get_unused_codes()


def give_passkey(user: User, name: str = "Telephone") -> Authenticator:
    """One that reads like a browser's; nobody has its private key."""
    number, key = secrets.token_bytes(16), ec.generate_private_key(ec.SECP256R1()).public_key()
    kept = AttestedCredentialData.create(bytes(16), number, ES256.from_cryptography_key(key))
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    told = AuthenticatorData.create(hashlib.sha256(b"testserver").digest(), flags, 0, kept)
    client = b'{"type": "webauthn.create", "challenge": "", "origin": "http://testserver"}'
    proof = AttestationObject.create("none", told, {})
    response = {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(proof)}
    name_there = websafe_encode(number)
    credential = {"id": name_there, "rawId": name_there, "type": "public-key", "response": response}
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": credential})
