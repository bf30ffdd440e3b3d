"""All accounts of the emulator."""

import secrets
from typing import Any

from ..common.world import BaseWorld
from .account import Account
from .errors import ApiError, missing, unauthenticated


class World(BaseWorld[Account]):
    key_field = "account"

    def make_account(self, data: dict[str, Any], number: int) -> Account:
        """`{account?, secret_key?}`."""
        account_id = data.get("account") or f"acct_Emulator{number:08d}"
        secret_key = data.get("secret_key") or f"sk_test_{secrets.token_hex(16)}"
        return Account(account_id=account_id, secret_key=secret_key, seed=self.seed)

    def unknown_id(self) -> ApiError:
        return missing("object", "")

    def find_by_secret(self, secret_key: str) -> Account:
        with self.lock:
            for account in self.accounts.values():
                if account.secret_key == secret_key:
                    return account
        raise unauthenticated()
