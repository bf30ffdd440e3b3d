"""All accounts of the emulator."""

import secrets
from typing import Any

from ..common.world import BaseWorld
from .account import Account
from .errors import ApiError, unknown_id


class World(BaseWorld[Account]):
    key_field = "key_id"

    def make_account(self, data: dict[str, Any], number: int) -> Account:
        """`{key_id?, key_secret?}`."""
        key_id = data.get("key_id") or f"rzp_test_Emulator{number:06d}"
        return Account(key_id=key_id, key_secret=data.get("key_secret") or secrets.token_hex(12), seed=self.seed)

    def unknown_id(self) -> ApiError:
        return unknown_id()
