"""All accounts of one emulator and the log of what was asked of it."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from .account import BaseAccount
from .errors import Refusal
from .outbox import run_deliveries

LOG_LENGTH = 20_000
A = TypeVar("A", bound=BaseAccount)


class BaseWorld(Generic[A]):
    """Ids are unique over all accounts, so that a control call needs no key to name an order."""

    key_field: str  # what control calls name an account by

    def __init__(self, *, seed: str) -> None:
        self.seed = seed
        self.lock = threading.Lock()
        self.accounts: dict[str, A] = {}
        self.log: deque[dict[str, Any]] = deque(maxlen=LOG_LENGTH)
        self._made = 0

    def make_account(self, data: dict[str, Any], number: int) -> A:
        raise NotImplementedError

    def unknown_id(self) -> Refusal:
        return Refusal("The id provided does not exist", field="id")

    def add_account(self, data: dict[str, Any]) -> A:
        """Open an account: its key and secrets, all of them optional, and `{switches?, webhooks?}`."""
        with self.lock:
            self._made += 1
            account = self.make_account(data, self._made)
            if account.key in self.accounts:
                raise Refusal(f"There is an account {account.key} already.", field=self.key_field)
            account.switches.change(data.get("switches") or {})
            account.outbox.set_endpoints(data.get("webhooks") or [])
            self.accounts[account.key] = account
        name = f"deliveries-{account.key}"
        threading.Thread(target=run_deliveries, args=(account,), name=name, daemon=True).start()
        return account

    def find_account(self, key: str | None) -> A:
        """Return the account named, or the only one there is."""
        with self.lock:
            if key is None and len(self.accounts) == 1:
                return next(iter(self.accounts.values()))
            if key is None or key not in self.accounts:
                raise Refusal("Say which account: no such key.", field=self.key_field, status=404)
            return self.accounts[key]

    def find_owner(self, owns: Callable[[A], bool]) -> A:
        with self.lock:
            for account in self.accounts.values():
                if owns(account):
                    return account
        raise self.unknown_id()

    def close_account(self, key: str) -> None:
        account = self.find_account(key)
        with self.lock:
            self.accounts.pop(key, None)
        account.faults.clear()
        with account.lock:
            account.closed = True
            account.changed.notify_all()

    def reset(self) -> None:
        for key in list(self.accounts):
            self.close_account(key)
        self.log.clear()
