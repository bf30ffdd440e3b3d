"""Complaints as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from checkout.complaint.models import Complaint
from checkout.complaint.rules import BY_STAFF, LONGEST_TEXT, complaint_token
from checkout.complaint.seen import SeenComplaint, SeenMessage
from shop.core.api.idempotency import made_again


class ComplaintBodySerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Complaint.Kind.choices)
    text = serializers.CharField(max_length=LONGEST_TEXT)
    order = serializers.CharField(max_length=24, required=False, allow_blank=True, default="",
                                  help_text="An order's number, such as OS-24183")  # fmt: skip
    email = serializers.EmailField(required=False, allow_blank=True, default="", help_text="Of guests")


class ComplaintTextSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST_TEXT)


class ComplaintStepSerializer(serializers.Serializer):
    needs_all = True
    status = serializers.ChoiceField(choices=["acknowledged", "resolved", "closed", "reopened"])
    text = serializers.CharField(max_length=LONGEST_TEXT, required=False, allow_blank=True, default="",
                                 help_text="Needed to resolve: the complainant reads it")  # fmt: skip


class ComplaintMessageSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    author = serializers.ChoiceField(choices=["shop", "complainant"])
    text = serializers.CharField()


class ComplaintSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    number = serializers.CharField()
    kind = serializers.ChoiceField(choices=Complaint.Kind.values)
    status = serializers.ChoiceField(choices=Complaint.Status.values)
    order_id = serializers.IntegerField(allow_null=True)
    order = serializers.CharField(help_text="The order's number as it was given")
    text = serializers.CharField()
    messages = ComplaintMessageSerializer(many=True)
    opened_at = serializers.DateTimeField()
    acknowledge_by = serializers.DateTimeField()
    resolve_by = serializers.DateTimeField()
    acknowledged_at = serializers.DateTimeField(allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    complaint_token = serializers.CharField(required=False, help_text="For guests: sent back as X-Complaint-Token")
    email = serializers.CharField(required=False, help_text="For staff")
    due_at = serializers.DateTimeField(required=False, allow_null=True, help_text="For staff: the next deadline")
    next_statuses = serializers.ListField(child=serializers.CharField(), required=False, help_text="For staff")


TIMES = ("opened_at", "acknowledge_by", "resolve_by", "acknowledged_at", "resolved_at", "closed_at")


@made_again("complaint_token")
def _token_again(answer: dict[str, Any]) -> str | None:
    complaint = Complaint.objects.filter(pk=answer["id"]).first()
    return complaint_token(complaint) if complaint else None


def complaint_json(complaint: SeenComplaint, *, with_token: bool = False) -> dict[str, Any]:
    told = {
        "id": complaint.pk,
        "number": complaint.number,
        "kind": complaint.kind,
        "status": complaint.status,
        "order_id": complaint.order_id,
        "order": complaint.about,
        "text": complaint.text,
        "messages": [_message_json(message) for message in complaint.messages],
        **{name: getattr(complaint, name) for name in TIMES},
    }
    return told | ({"complaint_token": complaint_token(complaint)} if with_token else {})


def staff_complaint_json(complaint: SeenComplaint) -> dict[str, Any]:
    more = {"email": complaint.email, "due_at": complaint.due_at, "next_statuses": sorted(BY_STAFF[complaint.status])}
    return complaint_json(complaint) | more


def _message_json(message: SeenMessage) -> dict[str, Any]:
    author = "shop" if message.from_shop else "complainant"
    return {"id": message.pk, "at": message.at, "author": author, "text": message.text}
