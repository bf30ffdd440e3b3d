"""Settings of second factors, encrypted columns and sign-in through other services (docs/accounts.md)."""

from __future__ import annotations

from typing import Any

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

# What is known of a service by its name; others name their address themselves.
KNOWN = {"google": ("Google", "https://accounts.google.com"), "microsoft": ("Microsoft", "")}


def read(env: Any) -> dict[str, Any]:
    providers = [_provider(env, name) for name in env.list("OIDC_PROVIDERS", default=[])]
    return {
        "FIELD_ENCRYPTION_KEYS": _keys(env),
        "REQUIRE_STAFF_SECOND_FACTOR": env.bool("REQUIRE_STAFF_SECOND_FACTOR", default=True),
        "MFA_ADAPTER": "shop.accounts.factors.Adapter",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes", "webauthn"],
        "MFA_TOTP_TOLERANCE": 1,  # telephones' clocks are half a minute off
        "MFA_RECOVERY_CODE_DIGITS": 10,
        # Where programs may be sent back to after it, such as `in.osari.app:/signed-in`; the shop's own addresses may be.
        "OIDC_RETURN_ADDRESSES": env.list("OIDC_RETURN_ADDRESSES", default=[]),
        "SOCIALACCOUNT_STORE_TOKENS": False,  # nothing is asked of these services later
        "SOCIALACCOUNT_REQUESTS_TIMEOUT": 10,
        "SOCIALACCOUNT_ADAPTER": "shop.accounts.storefront.outside.Adapter",
        "SOCIALACCOUNT_PROVIDERS": {
            "openid_connect": {"provider_class": "shop.accounts.outside.Provider", "APPS": providers}
        },
    }


def _keys(env: Any) -> list[str]:
    """The newest first. Raises ImproperlyConfigured, without naming a key."""
    keys = env.list("FIELD_ENCRYPTION_KEYS", default=[])
    try:
        usable = [bool(Fernet(key)) for key in keys]
    except ValueError:
        usable = []
    if not usable:
        raise ImproperlyConfigured(
            "FIELD_ENCRYPTION_KEYS is missing, or holds what is no key. Make one: "
            "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
        )
    return keys


def _provider(env: Any, name: str) -> dict[str, Any]:
    prefix = f"OIDC_{name.upper()}_"
    title, server = KNOWN.get(name, (name.title(), ""))
    values = {part: env.str(prefix + part, default="") for part in ("CLIENT_ID", "CLIENT_SECRET")}
    values["SERVER"] = env.str(prefix + "SERVER", default=server)
    if missing := [prefix + part for part, value in values.items() if not value]:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS names {name}, but {', '.join(missing)} is not set.")
    return {
        "provider_id": name,
        "name": env.str(prefix + "NAME", default=title),
        "client_id": values["CLIENT_ID"],
        "secret": values["CLIENT_SECRET"],
        "settings": {"server_url": values["SERVER"].rstrip("/"), "oauth_pkce_enabled": True},
    }


def production_problem(values: dict[str, Any]) -> str:
    """What stops the start in production, or nothing."""
    for app in values["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]:
        if not app["settings"]["server_url"].startswith("https://"):
            return f"OIDC_{app['provider_id'].upper()}_SERVER must begin with https:// outside of `make run` and tests."
    return ""
