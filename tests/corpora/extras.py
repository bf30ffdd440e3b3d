"""Members that nobody may set: whatever the models behind an operation have, and what attackers try everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from rest_framework import serializers

from shop.core.api.shaping import fields_of

TEXT, NUMBER = "zmass7731", 773_177
MARKS = (TEXT, str(NUMBER), "2001-02-03", "7731.77")
PRIVILEGES: dict[str, Any] = {
    "id": NUMBER, "pk": NUMBER, "status": "paid", "payment_status": "paid", "fulfillment_status": "delivered",
    "total": "7731.77", "subtotal": "7731.77", "price": "7731.77", "unit_price": "7731.77", "discount": "7731.77",
    "amount": NUMBER, "credit": NUMBER, "balance": NUMBER, "store_credit": NUMBER, "tax": "7731.77", "shipping": "7731.77",
    "user": 1, "user_id": 1, "owner": 1, "author": TEXT, "seller": 1, "seller_id": 1, "is_staff": True,
    "is_superuser": True, "is_active": False, "is_verified": True, "verified": True, "role": "admin",
    "groups": ["admin"], "user_permissions": [1], "scopes": ["*"], "created_at": "2001-02-03T04:05:06Z",
    "paid_at": "2001-02-03T04:05:06Z", "placed_at": "2001-02-03T04:05:06Z", "approved": True, "moderation": "approved",
    "rating_count": NUMBER, "reserved": NUMBER, "session_generation": NUMBER, "number": TEXT, "currency": "USD",
    "password_hash": TEXT, "_state": TEXT, "__class__": TEXT, "core_id": 1, "cart_token_hash": TEXT,
}  # fmt: skip


def extras(tables: Iterable[str], answer: Any, known: Iterable[str]) -> dict[str, Any]:
    """All of them, but for what the operation does take."""
    found = dict(PRIVILEGES)
    for model in apps.get_models():
        if model._meta.db_table in set(tables):
            found |= {name: value for one in model._meta.concrete_fields for name, value in _worst(one)}
    if isinstance(answer, dict):
        found |= {name: _twisted(value) for name, value in answer.items() if name not in found}
    return {name: value for name, value in found.items() if name not in set(known)}


def loaded(body: dict[str, Any], more: dict[str, Any], fields: dict[str, serializers.Field]) -> dict[str, Any]:
    """The body with `more` in it, and in every object inside it."""
    deep = {name: _deep(value, more, fields.get(name)) for name, value in body.items()}
    return {name: value for name, value in more.items() if name not in fields} | deep


def _deep(value: Any, more: dict[str, Any], field: serializers.Field | None) -> Any:
    if isinstance(value, list):
        return [_deep(one, more, getattr(field, "child", None)) for one in value]
    if isinstance(value, dict) and isinstance(field, serializers.BaseSerializer):
        return loaded(value, more, fields_of(field))
    return value


def _worst(field: models.Field) -> Iterable[tuple[str, Any]]:
    value = _value(field)
    return ((name, value) for name in {field.name, field.attname})


def _value(field: models.Field) -> Any:
    if field.is_relation:
        return 1
    if isinstance(field, models.BooleanField):
        return not field.get_default()
    if field.choices:
        return next((key for key, _label in reversed(list(field.flatchoices)) if key != field.get_default()), TEXT)
    if isinstance(field, models.IntegerField | models.FloatField):
        return NUMBER
    if isinstance(field, models.DateField):
        return "2001-02-03T04:05:06Z" if isinstance(field, models.DateTimeField) else "2001-02-03"
    return {"zmass": TEXT} if isinstance(field, models.JSONField) else TEXT


def _twisted(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return NUMBER if isinstance(value, int) else TEXT
