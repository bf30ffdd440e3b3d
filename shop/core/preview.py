"""Tokens that open one draft for some minutes, to whoever holds them: for clients that render the shop themselves."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.core.errors import Refusal

SALT = "shop.preview"


class PreviewRefused(Refusal):
    """Not ours, changed, for something else, or made by somebody who may not edit this any more: all alike."""

    status = 403
    code = "preview_refused"
    title = _("This preview cannot be shown. Open it again from the editor.")


class PreviewOver(PreviewRefused):
    code = "preview_over"
    title = _("This preview has run out. Open it again from the editor.")


@dataclass(frozen=True, slots=True)
class Preview:
    """Which draft: of the product, category or page (`kind`) with this id in the API, in this language; the latest one,
    or this revision. `user_id`: who opened it, and must still be allowed to edit it when it is read."""

    kind: str
    id: int
    locale: str
    user_id: int
    revision_id: int | None = None


def sign_preview(preview: Preview) -> str:
    return signing.dumps(asdict(preview), salt=SALT)


def ends_at() -> datetime:
    """When a token that is signed now runs out."""
    return timezone.now() + timedelta(seconds=settings.PREVIEW_TOKEN_SECONDS)


def read_preview(token: str, *, of: tuple[str, int] | None = None) -> Preview:
    """What a token opens; `of` is the kind and id that it must be for. Raises PreviewOver, PreviewRefused."""
    try:
        said: dict[str, Any] = signing.loads(token, salt=SALT, max_age=settings.PREVIEW_TOKEN_SECONDS)
        preview = Preview(**said)
    except signing.SignatureExpired:
        raise PreviewOver from None
    except (signing.BadSignature, TypeError, ValueError):
        raise PreviewRefused from None
    if of is not None and of != (preview.kind, preview.id):
        raise PreviewRefused
    return preview
