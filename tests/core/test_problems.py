"""One shape of error for everything the API refuses."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from shop.core import errors
from shop.core.api import problems

MEMBERS = {"type", "title", "status", "detail", "code"}


class OutOfStock(errors.Conflict):
    code = "out_of_stock"


def answer(error: Exception):
    """What a view answers that raises `error`; an error that nobody knows comes through."""

    class Raising(APIView):
        authentication_classes = ()
        permission_classes = ()

        def get(self, request):
            raise error

    response = Raising.as_view()(APIRequestFactory().get("/api/x/"))
    response.render()
    return response


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.Invalid(errors={"quantity": ["Too many"]}), 400, "invalid"),
        (errors.NotAllowed(), 403, "not_allowed"),
        (errors.NotThere(), 404, "not_found"),
        (errors.Conflict(), 409, "conflict"),
        (OutOfStock(), 409, "out_of_stock"),
        (errors.Conflict(code="price_changed"), 409, "price_changed"),
        (errors.Unprocessable(), 422, "unprocessable"),
        (errors.Unavailable(), 503, "unavailable"),
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "not_allowed"),
        (exceptions.ParseError(), 400, "bad_request"),
        (problems.NotJSON(), 400, "malformed_json"),
        (problems.TooLarge(), 413, "too_large"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (exceptions.UnsupportedMediaType("text/csv"), 415, "unsupported_media_type"),
        (exceptions.Throttled(wait=3), 429, "too_many_requests"),
        (exceptions.ValidationError({"email": ["Taken"]}), 400, "invalid"),
        (DjangoValidationError({"email": ["Taken"]}), 400, "invalid"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_every_refusal_is_a_problem_document(error, status, code):
    response = answer(error)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert set(response.data) >= MEMBERS
    assert (response.data["status"], response.data["code"]) == (status, code)


@pytest.mark.parametrize("path", ["/api/order/", "/api/payment/webhook/razorpay/", "/api/nothing/here/"])
def test_a_body_of_unknown_length_is_refused_not_read_as_empty(client, path):
    answer = client.post(
        path, b"", content_type="application/json", HTTP_TRANSFER_ENCODING="chunked", CONTENT_LENGTH=""
    )
    assert (answer.status_code, answer["Content-Type"]) == (411, "application/problem+json")
    assert set(answer.json()) >= MEMBERS and answer.json()["code"] == "length_required"


def test_extension_members_stand_beside_the_code():
    shortages = [{"sku": "OS-1", "requested": 3, "available": 1}]
    assert answer(OutOfStock("Only one left", shortages=shortages)).data["shortages"] == shortages


def test_nested_errors_are_named_by_their_path():
    class Line(serializers.Serializer):
        quantity = serializers.IntegerField(min_value=1)

    class Order(serializers.Serializer):
        lines = Line(many=True)

    order = Order(data={"lines": [{"quantity": 1}, {"quantity": 0}]})
    assert not order.is_valid()
    assert list(answer(exceptions.ValidationError(order.errors)).data["errors"]) == ["lines.1.quantity"]


def test_waiting_times_are_told():
    assert answer(errors.Unavailable(retry_after=7))["Retry-After"] == "7"
    assert answer(exceptions.Throttled(wait=3.2))["Retry-After"] == "4"


def test_what_nobody_knows_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        answer(ZeroDivisionError())


def test_a_refusal_rolls_the_request_back(db, settings):
    from django.db import transaction

    from shop.core.models import IdempotencyKey

    class Writing(APIView):
        authentication_classes = ()
        permission_classes = ()

        def get(self, request):
            with transaction.atomic():
                IdempotencyKey.objects.create(caller="x", path="/", key="k")
                raise OutOfStock

    assert Writing.as_view()(APIRequestFactory().get("/api/x/")).status_code == 409
    assert not IdempotencyKey.objects.exists()
