"""The gateway's error shape."""

from typing import Any

from ..common.errors import Refusal


class ApiError(Refusal):
    """An answer other than 2xx. `description` is for people, `reason` for programs."""

    def __init__(
        self,
        description: str,
        *,
        status: int = 400,
        code: str = "BAD_REQUEST_ERROR",
        field: str | None = None,
        reason: str | None = "input_validation_failed",
        source: str | None = "business",
        step: str | None = None,
        metadata: dict[str, str] | None = None,
    ) -> None:
        super().__init__(description, status=status, field=field)
        self.code = code
        self.reason = reason
        self.source = source
        self.step = step
        self.metadata = metadata or {}

    def as_json(self, *, metadata_empty_as: str = "object") -> dict[str, Any]:
        """Return the body. Empty metadata is `{}` or `[]`: the gateway sends both."""
        metadata: Any = self.metadata
        if not metadata and metadata_empty_as == "array":
            metadata = []
        error = {
            "code": self.code,
            "description": self.description,
            "source": self.source,
            "step": self.step,
            "reason": self.reason,
            "metadata": metadata,
        }
        if self.field:
            error["field"] = self.field
        return {"error": error}


def not_found() -> ApiError:
    return ApiError("The requested URL was not found on the server.", status=404, reason="NA", source="NA")


def unknown_id() -> ApiError:
    return ApiError("The id provided does not exist", field="id")


def unauthenticated() -> ApiError:
    return ApiError("Authentication failed", status=401, reason="NA", source="NA")


def as_api_error(refusal: Refusal) -> ApiError:
    """A refusal of the common parts in the gateway's shape."""
    if isinstance(refusal, ApiError):
        return refusal
    return ApiError(refusal.description, status=refusal.status, field=refusal.field, reason="NA")


def trouble(status: int) -> dict[str, Any]:
    """The body of an error that a fault makes."""
    code = "SERVER_ERROR" if status >= 500 else "BAD_REQUEST_ERROR"
    return ApiError("The server could not answer.", status=status, code=code, reason="NA", source="NA").as_json()
