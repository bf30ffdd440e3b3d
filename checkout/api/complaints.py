"""`/api/complaint/`: write one, follow it, add to it; support takes it up and answers."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from checkout.api import complaint_serializers as s
from checkout.api.orders import name_of
from checkout.complaint.limits import COMPLAINTS_OF_ADDRESS, COMPLAINTS_OF_USER, MESSAGES_ABOUT_ONE
from checkout.complaint.models import Complaint
from checkout.complaint.seen import seen_complaint, seen_complaints
from checkout.complaint.selectors import complaints_of
from checkout.complaint.services.acknowledge_complaint import acknowledge_complaint
from checkout.complaint.services.close_complaint import close_complaint
from checkout.complaint.services.open_complaint import Complainant, open_complaint
from checkout.complaint.services.reopen_complaint import reopen_complaint
from checkout.complaint.services.reply_to_complaint import reply_to_complaint
from checkout.complaint.services.resolve_complaint import resolve_complaint
from checkout.complaint.services.write_message import write_message
from shop.accounts.roles import has_role
from shop.core.api.caller import Caller, caller_of, hash_token
from shop.core.api.context import context_of
from shop.core.api.idempotency import idempotent_as_one
from shop.core.api.queries import choice_of, flag_of
from shop.core.api.read_pages import Listed, paginate_read
from shop.core.errors import NotAllowed, NotThere
from shop.core.limits import count, count_address

HANDLERS = ("admin", "support")
TOKEN = OpenApiParameter("X-Complaint-Token", str, OpenApiParameter.HEADER, description="Of a guest: that one only")
NOT_NOW = OpenApiResponse(description="`wrong_state`, with `allowed`; `complaint_closed`")


class ComplaintsView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Own complaints, newest first; support sees all with ?all=true, what is due soonest first",
        responses=s.ComplaintSerializer(many=True),
        parameters=[OpenApiParameter("all", bool), OpenApiParameter("status", str, enum=Complaint.Status.values)],
        tags=["complaint"],
    )
    def get(self, request: Request) -> Response:
        caller = caller_of(request)
        everything = flag_of(request, "all")
        if everything and not may_answer(caller):
            self.permission_denied(request)
        complaints = Complaint.objects.all() if everything else complaints_of(caller.user, None)
        order = "due_at, id DESC" if everything else "id DESC"
        as_json = s.staff_complaint_json if everything else s.complaint_json
        listed = Listed(_of_status(complaints, request), order, seen_complaints)
        return paginate_read(request, listed, as_json)

    @extend_schema(
        summary="Write a complaint: it gets a number and deadlines at once",
        request=s.ComplaintBodySerializer,
        responses={201: s.ComplaintSerializer},
        tags=["complaint"],
    )
    @idempotent_as_one
    def post(self, request: Request) -> Response:
        body = s.ComplaintBodySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        caller, typed = caller_of(request), body.validated_data
        if caller.user is None:
            count_address(COMPLAINTS_OF_ADDRESS, request)
        else:
            count(COMPLAINTS_OF_USER, str(caller.user.pk))
        email = caller.user.email if caller.user else typed["email"]
        complaint = open_complaint(
            who=Complainant(caller.user, email, context_of(request).locale), kind=typed["kind"], text=typed["text"],
            about=typed["order"], at=timezone.now(),
        )  # fmt: skip
        return Response(_shown(complaint.pk, caller), status=201)


class ComplaintView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="One complaint: where it stands, and what was written", responses=s.ComplaintSerializer,
        parameters=[TOKEN], tags=["complaint"],
    )  # fmt: skip
    def get(self, request: Request, complaint_id: int) -> Response:
        caller = caller_of(request)
        return Response(_told(_visible(request, caller, complaint_id), caller), headers={"Cache-Control": "no-store"})

    @extend_schema(
        summary="Support: take up, resolve, close, open again. Its complainant: close",
        request=s.ComplaintStepSerializer,
        responses={200: s.ComplaintSerializer, 409: NOT_NOW},
        parameters=[TOKEN],
        tags=["complaint"],
    )
    def patch(self, request: Request, complaint_id: int) -> Response:
        caller = caller_of(request)
        _find(request, caller, complaint_id)
        body = s.ComplaintStepSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        _move(complaint_id, caller, **body.validated_data)
        return Response(_shown(complaint_id, caller))


class ComplaintMessagesView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Write something about it: its complainant, or support",
        request=s.ComplaintTextSerializer,
        responses={201: s.ComplaintSerializer, 409: NOT_NOW},
        parameters=[TOKEN],
        tags=["complaint"],
    )
    @idempotent_as_one
    def post(self, request: Request, complaint_id: int) -> Response:
        caller = caller_of(request)
        complaint = _find(request, caller, complaint_id)
        body = s.ComplaintTextSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        text, at = body.validated_data["text"], timezone.now()
        if may_answer(caller):
            reply_to_complaint(complaint_id=complaint_id, text=text, at=at, by=name_of(caller))
        else:
            count(MESSAGES_ABOUT_ONE, complaint.reference)
            write_message(complaint_id=complaint_id, text=text, at=at)
        return Response(_shown(complaint_id, caller), status=201)


def may_answer(caller: Caller) -> bool:
    return has_role(caller.user, *HANDLERS)


def _visible(request: Request, caller: Caller, complaint_id: int) -> QuerySet[Complaint]:
    """An own complaint, or that of the token; any, for support."""
    mine = complaints_of(caller.user, hash_token(request.headers.get("X-Complaint-Token")))
    return (Complaint.objects.all() if may_answer(caller) else mine).filter(pk=complaint_id)


def _find(request: Request, caller: Caller, complaint_id: int) -> Complaint:
    """Raises NotThere."""
    found = _visible(request, caller, complaint_id).first()
    if found is None:
        raise NotThere
    return found


def _move(complaint_id: int, caller: Caller, *, status: str, text: str) -> None:
    at, by, staff = timezone.now(), name_of(caller), may_answer(caller)
    if status == "closed":
        close_complaint(complaint_id=complaint_id, at=at, by_complainant=not staff)
    elif not staff:
        raise NotAllowed
    elif status == "acknowledged":
        acknowledge_complaint(complaint_id=complaint_id, at=at, by=by)
    elif status == "resolved":
        resolve_complaint(complaint_id=complaint_id, text=text, at=at, by=by)
    else:
        reopen_complaint(complaint_id=complaint_id, at=at, by=by)


def _of_status(complaints: QuerySet[Complaint], request: Request) -> QuerySet[Complaint]:
    """Raises Invalid."""
    status = choice_of(request, "status", Complaint.Status.values)
    return complaints.filter(status=status) if status else complaints


def _shown(complaint_id: int, caller: Caller) -> dict[str, Any]:
    return _told(Complaint.objects.filter(pk=complaint_id), caller)


def _told(complaints: QuerySet[Complaint], caller: Caller) -> dict[str, Any]:
    """The only one of these. Raises NotThere."""
    complaint = seen_complaint(complaints)
    if complaint is None:
        raise NotThere
    if may_answer(caller):
        return s.staff_complaint_json(complaint)
    return s.complaint_json(complaint, with_token=caller.user is None)
