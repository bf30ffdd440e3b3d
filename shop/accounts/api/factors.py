"""/api/self/mfa/: one's own second factors. Changing them needs a sign-in or confirmation of the last quarter hour."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import permissions
from rest_framework.response import Response

from shop.accounts import factors, roles
from shop.accounts.api import factor_serializers as f
from shop.accounts.api.views import PersonalView
from shop.accounts.devices import PROVED
from shop.accounts.services import add_passkey
from shop.accounts.services.begin_totp import begin_totp
from shop.accounts.services.confirm_person import confirm_person, must_be_fresh
from shop.accounts.services.confirm_totp import confirm_totp
from shop.accounts.services.remove_factor import remove_factor
from shop.accounts.services.renew_recovery_codes import renew_recovery_codes


class OwnFactors(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    def must_be_fresh(self) -> None:
        must_be_fresh(self.session, timezone.now())

    def prove(self) -> None:
        """Who has just shown a new factor has shown a second one."""
        if self.session is not None:
            session = self.session
            session[PROVED] = True
            session.save()


class Confirm(OwnFactors):
    @extend_schema(tags=["users"], summary="Show once more who you are, by the password", request=f.Confirm,
                   responses={204: None})  # fmt: skip
    def post(self, request):
        password = self.read(f.Confirm)["password"]
        confirm_person(user=self.me, session=self.session, password=password, at=timezone.now())
        return Response(status=204)


class Overview(OwnFactors):
    @extend_schema(tags=["users"], summary="Own second factors", responses=f.Factors)
    def get(self, request):
        kept = factors.factors_of(self.me)
        totp = [each for each in kept if each.type == factors.TOTP]
        return Response({
            "is_required": roles.needs_second_factor(self.me),
            "totp": f.Factor(totp[0]).data if totp else None,
            "passkeys": [passkey_facts(each) for each in kept if each.type == factors.PASSKEY],
            "recovery_codes_left": len(factors.codes_left(kept)),
        })  # fmt: skip


class Totp(OwnFactors):
    @extend_schema(
        tags=["users"], summary="Begin with an authenticator app", request=None, responses={201: f.TotpBegun}
    )
    def post(self, request):
        self.must_be_fresh()
        begun = begin_totp(user=self.me, at=timezone.now())
        return Response({"challenge": begun.key, "secret": begun.secret, "uri": begun.uri}, status=201)

    @extend_schema(tags=["users"], summary="Take the authenticator app away", responses={204: None})
    def delete(self, request):
        self.must_be_fresh()
        remove_factor(user=self.me, kind=factors.TOTP, at=timezone.now())
        return Response(status=204)


class ConfirmTotp(OwnFactors):
    @extend_schema(tags=["users"], summary="Confirm the authenticator app by a code of it", request=f.ConfirmTotp,
                   responses={201: f.RecoveryCodes})  # fmt: skip
    def post(self, request):
        body = self.read(f.ConfirmTotp)
        codes = confirm_totp(user=self.me, key=body["challenge"], code=body["code"], at=timezone.now())
        self.prove()
        return Response({"recovery_codes": codes}, status=201)


class RecoveryCodes(OwnFactors):
    @extend_schema(tags=["users"], summary="New recovery codes; the old ones end", request=None,
                   responses={201: f.RecoveryCodes})  # fmt: skip
    def post(self, request):
        self.must_be_fresh()
        return Response({"recovery_codes": renew_recovery_codes(user=self.me, at=timezone.now())}, status=201)


class BeginPasskey(OwnFactors):
    @extend_schema(tags=["users"], summary="Begin with a passkey: what the browser is given", request=None,
                   responses={200: f.PasskeyOptions})  # fmt: skip
    def post(self, request):
        self.must_be_fresh()
        options, key = add_passkey.begin(user=self.me, at=timezone.now())
        return Response({"challenge": key, "options": options})


class Passkeys(OwnFactors):
    @extend_schema(tags=["users"], summary="Keep a passkey", request=f.NewPasskey, responses={201: f.PasskeyAdded})
    def post(self, request):
        body = self.read(f.NewPasskey)
        made, codes = add_passkey.add_passkey(
            user=self.me, key=body["challenge"], credential=body["credential"], name=body["name"], at=timezone.now()
        )
        self.prove()
        return Response(passkey_facts(made) | {"recovery_codes": codes}, status=201)


class OnePasskey(OwnFactors):
    @extend_schema(tags=["users"], summary="Take a passkey away", responses={204: None})
    def delete(self, request, factor_id):
        self.must_be_fresh()
        remove_factor(user=self.me, kind=factors.PASSKEY, factor_id=factor_id, at=timezone.now())
        return Response(status=204)


def passkey_facts(factor) -> dict:
    return f.Factor(factor).data | {"id": factor.pk, "name": factor.data["name"]}
