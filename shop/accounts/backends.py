"""Sign-in by user name or e-mail address: one query and one password hash, whoever is asked for (promise A4)."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from shop.accounts import selectors


class ByNameOrEmail(AuthenticationBackend):
    """allauth's backend hashes once for people who are not there; its own search would hash twice for some who are."""

    def _authenticate(self, request, **credentials):
        login = credentials.get("username") or credentials.get("email") or ""
        return self._check_password(selectors.by_login(login), credentials["password"])
