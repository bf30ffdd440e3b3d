"""An account elsewhere that was shown in a browser, fetched by the client that began it, to be linked to one's own."""

from __future__ import annotations

import json
from datetime import datetime

from shop.accounts import challenges
from shop.accounts.errors import ChallengeOver
from shop.accounts.models import Challenge
from shop.accounts.outside import Identity
from shop.accounts.services.hand_over import is_verifier_of

PURPOSE = Challenge.Purpose.LINK


def hand_over_identity(*, identity: Identity, code_challenge: str, at: datetime) -> str:
    """The code that the client links with, once: whoever holds it is signed in to nothing by it."""
    shown = json.dumps([code_challenge, identity.service, identity.subject])
    return challenges.open_challenge(purpose=PURPOSE, at=at, secret=shown)[1]


def take_over_identity(*, code: str, verifier: str, at: datetime) -> tuple[str, str]:
    """The service and the number there. Raises ChallengeOver for every cause alike."""
    row = challenges.count_try(code, PURPOSE, at)
    code_challenge, service, subject = json.loads(row.secret)
    if not is_verifier_of(verifier, code_challenge):
        raise ChallengeOver
    challenges.use(row)
    return service, subject
