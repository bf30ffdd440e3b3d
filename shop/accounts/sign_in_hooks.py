"""What rooms above do when somebody signs in, such as merging the guest's cart.

@on_sign_in
def merge_cart(request, user) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_hooks: list[Callable[[Any, Any], None]] = []


def on_sign_in(hook: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Register a function called with the door's request and the user, after the sign-in, at both doors."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def signed_in(request: Any, user: Any) -> None:
    for hook in _hooks:
        hook(request, user)
