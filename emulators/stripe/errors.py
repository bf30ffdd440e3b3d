"""The gateway's error shape."""

from typing import Any

from ..common.errors import Refusal

INVALID = "invalid_request_error"


class ApiError(Refusal):
    """An answer other than 2xx. `description` is for people, `code` for programs. `checked`: found before any effect."""

    def __init__(
        self,
        description: str,
        *,
        status: int = 400,
        kind: str = INVALID,
        code: str | None = None,
        param: str | None = None,
        checked: bool = True,
        more: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(description, status=status, field=param)
        self.kind = kind
        self.code = code
        self.checked = checked
        self.more = more or {}

    def as_json(self) -> dict[str, Any]:
        error: dict[str, Any] = {"message": self.description, "type": self.kind}
        if self.code:
            error["code"] = self.code
        if self.field:
            error["param"] = self.field
        return {"error": error | self.more}


def as_api_error(refusal: Refusal) -> ApiError:
    """A refusal of the common parts in the gateway's shape."""
    if isinstance(refusal, ApiError):
        return refusal
    return ApiError(refusal.description, status=refusal.status, param=refusal.field)


def not_found(method: str, path: str) -> ApiError:
    return ApiError(f"Unrecognized request URL ({method}: {path}).", status=404)


def missing(kind: str, key: str, param: str = "id") -> ApiError:
    return ApiError(f"No such {kind}: '{key}'", status=404, code="resource_missing", param=param)


def unauthenticated() -> ApiError:
    return ApiError("Invalid API Key provided.", status=401)


def trouble(status: int) -> dict[str, Any]:
    """The body of an error that a fault makes."""
    if status == 429:
        return ApiError("Too many requests.", code="rate_limit").as_json()
    if status < 500:
        return ApiError("The request was refused.").as_json()
    return ApiError("An unknown error occurred.", kind="api_error").as_json()
