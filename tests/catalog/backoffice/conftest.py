from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.http import HttpResponse
from django.test import Client

from catalog.product.models import Product
from catalog.product.services.ensure_page_permissions import ensure_page_permissions
from shop.accounts import roles
from shop.accounts.services.ensure_roles import ensure_roles
from shop.core import pages


def client_of(name: str, *permissions: str, superuser: bool = False) -> Client:
    user = get_user_model().objects.create_user(name, f"{name}@example.com", "x", is_staff=True, is_superuser=superuser)
    group = Group.objects.create(name=f"group of {name}")
    wanted = Q(pk=None)
    for permission in permissions:
        app, code = permission.split(".")
        wanted |= Q(content_type__app_label=app, codename=code)
    group.permissions.set(Permission.objects.filter(wanted))
    return sign_in(user, group)


def sign_in(user, group: Group) -> Client:
    user.groups.set([group])  # before signing in: a change of role ends sessions
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def client_in(role: str, name: str) -> Client:
    """Signed in as somebody of the real group, as `migrate` makes it."""
    ensure_roles()
    ensure_page_permissions()
    user = get_user_model().objects.create_user(name, f"{name}@example.com", "x", is_staff=True)
    return sign_in(user, Group.objects.get(name=role))


@pytest.fixture
def merchandiser(db) -> Client:
    return client_in(roles.MERCHANDISER, "maya")


@pytest.fixture
def support(db) -> Client:
    return client_in(roles.SUPPORT, "ravi")


@pytest.fixture
def texts_only(db) -> Client:
    """May change products, but not their variants, pictures and shelves."""
    return client_of("tara", "wagtailadmin.access_admin", "product.change_product", "product.publish_product")


@pytest.fixture
def viewer(db) -> Client:
    return client_of("vani", "wagtailadmin.access_admin", "product.view_product")


@pytest.fixture
def shown(monkeypatch):
    """A stand-in for the storefront's view; records what it was asked to show."""
    seen = []

    def show(request, product):
        seen.append(product)
        return HttpResponse(f"<html><body><h1>{product.title}</h1></body></html>")

    monkeypatch.setitem(pages._views, Product, show)
    return seen
