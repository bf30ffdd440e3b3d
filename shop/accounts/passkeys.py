"""WebAuthn ceremonies over allauth's server (fido2): begun with a challenge of ours, which keeps the state.

Every passkey is one that a browser finds by itself and that asks for a finger or a PIN: it is two factors in one, so it
signs in alone. The site it belongs to is the host that was asked (allauth's request context).
"""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from fido2.webauthn import ResidentKeyRequirement, UserVerificationRequirement

from shop.accounts.errors import WrongCode
from shop.accounts.factors import PASSKEY
from shop.accounts.models import User

State = str  # JSON, kept in the challenge


def registration(user: User) -> tuple[dict[str, Any], State]:
    """What `navigator.credentials.create` is given, and what the answer is checked against."""
    options, state = auth.get_server().register_begin(
        user=auth.build_user_payload(user),
        credentials=auth.get_credentials(user),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        extensions=auth.EXTENSIONS,
    )
    return _plain(options), json.dumps(state)


def check_registration(state: State, credential: dict[str, Any]) -> None:
    """Raises WrongCode."""
    try:
        auth.get_server().register_complete(json.loads(state), credential)
    except Exception as problem:  # whatever fido2's decoders raise at nonsense
        raise WrongCode from problem


def authentication(user: User | None) -> tuple[dict[str, Any], State]:
    """What `navigator.credentials.get` is given: any passkey of this site, or one of this person's."""
    options, state = auth.get_server().authenticate_begin(
        credentials=auth.get_credentials(user) if user else [],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _plain(options), json.dumps(state)


def owner_of(credential: dict[str, Any]) -> User:
    """Whom a passkey names. Proves nothing yet. Raises WrongCode."""
    try:
        user = auth.extract_user_from_response(credential)
    except Exception as problem:
        raise WrongCode from problem
    if not user.is_active:
        raise WrongCode
    return user


def check_authentication(state: State, user: User, credential: dict[str, Any]) -> Authenticator:
    """Which of the person's passkeys has signed. Raises WrongCode."""
    try:
        signed = auth.get_server().authenticate_complete(json.loads(state), auth.get_credentials(user), credential)
        found = auth.get_authenticator_by_credential_id(user, signed.credential_id)
    except Exception as problem:
        raise WrongCode from problem
    if found is None or found.type != PASSKEY:
        raise WrongCode
    found.record_usage()
    return found


def _plain(options: Any) -> dict[str, Any]:
    """The members of `publicKey`, as JSON."""
    return json.loads(json.dumps(dict(options)))["publicKey"]
