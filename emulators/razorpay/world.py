"""All accounts of one emulator and the log of what was asked of it."""

import secrets
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from .account import Account
from .errors import ApiError, unknown_id
from .webhooks import run_deliveries

LOG_LENGTH = 20_000


class World:
    """Ids are unique over all accounts, so that a control call needs no key to name an order."""

    def __init__(self, *, seed: str) -> None:
        self.seed = seed
        self.lock = threading.Lock()
        self.accounts: dict[str, Account] = {}
        self.log: deque[dict[str, Any]] = deque(maxlen=LOG_LENGTH)
        self._made = 0

    def add_account(self, data: dict[str, Any]) -> Account:
        """Open an account: `{key_id?, key_secret?, switches?, webhooks?}`."""
        with self.lock:
            self._made += 1
            key_id = data.get("key_id") or f"rzp_test_Emulator{self._made:06d}"
            if key_id in self.accounts:
                raise ApiError(f"There is an account {key_id} already.", field="key_id")
            secret = data.get("key_secret") or secrets.token_hex(12)
            account = Account(key_id=key_id, key_secret=secret, seed=self.seed)
            account.switches.change(data.get("switches") or {})
            account.outbox.set_endpoints(data.get("webhooks") or [])
            self.accounts[key_id] = account
        name = f"deliveries-{key_id}"
        threading.Thread(target=run_deliveries, args=(account,), name=name, daemon=True).start()
        return account

    def find_account(self, key_id: str | None) -> Account:
        """Return the account named, or the only one there is."""
        with self.lock:
            if key_id is None and len(self.accounts) == 1:
                return next(iter(self.accounts.values()))
            if key_id is None or key_id not in self.accounts:
                raise ApiError("Say which account: no such key_id.", field="key_id", status=404)
            return self.accounts[key_id]

    def find_owner(self, owns: Callable[[Account], bool]) -> Account:
        with self.lock:
            for account in self.accounts.values():
                if owns(account):
                    return account
        raise unknown_id()

    def close_account(self, key_id: str) -> None:
        account = self.find_account(key_id)
        with self.lock:
            self.accounts.pop(key_id, None)
        account.faults.clear()
        with account.lock:
            account.closed = True
            account.changed.notify_all()

    def reset(self) -> None:
        for key_id in list(self.accounts):
            self.close_account(key_id)
        self.log.clear()
