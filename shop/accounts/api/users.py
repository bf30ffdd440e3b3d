"""/api/users/: anyone signs up, the administrator looks after people."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.response import Response

from shop.accounts import roles, selectors
from shop.accounts.api import serializers as s
from shop.accounts.api.permissions import IsAdminRole
from shop.accounts.api.views import PersonalView, SharedView
from shop.accounts.limits import SIGN_UPS_OF_ADDRESS
from shop.accounts.models import User
from shop.accounts.seen import seen_people, seen_person
from shop.accounts.services.change_user import change_user
from shop.accounts.services.sign_up import sign_up
from shop.core import limits
from shop.core.api.preconditions import matching, tag_of_json, tagged
from shop.core.api.read_pages import Listed, paginate_read

NEW = OpenApiExample("A customer", {"email": "asha@example.com", "password": "a long one", "name": "Asha"},
                     request_only=True)  # fmt: skip


@extend_schema_view(
    get=extend_schema(summary="People (administrator)", parameters=[s.PeopleQuery], responses=s.Person(many=True)),
    post=extend_schema(summary="Sign up", auth=[], request=s.SignUp, responses={201: s.Profile}, examples=[NEW]),
)
@extend_schema(tags=["users"])
class People(SharedView):
    permission_classes = (IsAdminRole,)

    def get(self, request):
        people = selectors.people()
        if request.query_params:
            query = s.PeopleQuery(data=request.query_params.dict())
            query.is_valid(raise_exception=True)
            people = _narrow(people, query.validated_data)
        return paginate_read(request, Listed(people, "id DESC", seen_people), s.Person().to_representation)

    def post(self, request):
        limits.count_address(SIGN_UPS_OF_ADDRESS, request)
        user = sign_up(**self.read(s.SignUp), locale=get_language() or "")
        return Response(s.Profile(user).data, status=201)


def _narrow(people: QuerySet[User], query: dict) -> QuerySet[User]:
    for text in filter(None, (query.get("q"), query.get("search"))):
        people = people.filter(Q(username__icontains=text) | Q(email__icontains=text) | Q(name__icontains=text))
    if "is_active" in query:
        people = people.filter(is_active=query["is_active"])
    return _of_role(people, query["role"]) if query.get("role") else people


def _of_role(people: QuerySet[User], role: str) -> QuerySet[User]:
    named = roles.GROUPS if role == roles.CUSTOMER else (role,)
    in_groups = Q(pk__in=User.groups.through.objects.filter(group__name__in=named).values("user"))
    if role == roles.ADMIN:
        return people.filter(in_groups | Q(is_superuser=True))
    return people.filter(~in_groups if role == roles.CUSTOMER else in_groups, is_superuser=False)


@extend_schema_view(
    get=extend_schema(summary="One person (administrator)", responses=s.Person),
    put=extend_schema(summary="Set role and activity", request=s.ChangePerson, responses=s.Person),
    patch=extend_schema(summary="Set role or activity", request=s.ChangePerson(partial=True), responses=s.Person),
    delete=extend_schema(summary="Deactivate", responses={204: None}),
)
@extend_schema(tags=["users"])
class OnePerson(PersonalView):
    permission_classes = (IsAdminRole,)

    def get(self, request, user_id):
        return tagged(request, self._body(user_id))

    def put(self, request, user_id):
        return self._change(user_id, partial=False)

    def patch(self, request, user_id):
        return self._change(user_id, partial=True)

    def delete(self, request, user_id):
        with self._seen(user_id):
            change_user(user_id=int(user_id), is_active=False)
        return Response(status=204)

    def _change(self, user_id, *, partial: bool) -> Response:
        body = self.read(s.ChangePerson, partial=partial)
        with self._seen(user_id):
            change_user(user_id=int(user_id), **body)
        return tagged(self.request, self._body(user_id))

    def _body(self, user_id) -> dict:
        return dict(s.Person(seen_person(int(user_id))).data)

    def _seen(self, user_id) -> AbstractContextManager[None]:
        """Locks administrators and the person, as every change of a role does."""
        rows = User.objects.filter(Q(is_superuser=True) | Q(pk=int(user_id)))
        return matching(self.request, rows=rows, tag=lambda: tag_of_json(self._body(user_id)))
