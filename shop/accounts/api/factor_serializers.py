from __future__ import annotations

from rest_framework import serializers

from shop.accounts.api.serializers import Entering, SignedIn
from shop.core.api.fields import AsItIs, Instant, Password

LONGEST_KEY = 128


class ChallengeKey(serializers.Serializer):
    challenge = serializers.CharField(max_length=LONGEST_KEY)


class Confirm(serializers.Serializer):
    password = Password(max_length=1024)


class Credential(serializers.JSONField):
    """What `navigator.credentials` answered, as `toJSON()` writes it."""

    def to_internal_value(self, data):
        value = super().to_internal_value(data)
        if not isinstance(value, dict) or len(str(value)) > 50_000:
            self.fail("invalid")
        return value


class AnswerSecondFactor(ChallengeKey, Entering):
    code = serializers.CharField(
        max_length=32, required=False, help_text="Of the authenticator app, or a recovery code."
    )
    credential = Credential(required=False, help_text="Of a passkey, for the options given before.")

    def validate(self, attrs):
        if ("code" in attrs) == ("credential" in attrs):
            raise serializers.ValidationError({"code": ["Send a code or a credential."]})
        return attrs


class PasskeyOptions(ChallengeKey):
    options = serializers.DictField(help_text="`publicKey`, for `PublicKeyCredential.parse…OptionsFromJSON`.")


class PasskeySignIn(ChallengeKey, Entering):
    credential = Credential()


class Setup(serializers.Serializer):
    setup = serializers.CharField(max_length=LONGEST_KEY)
    secret = serializers.CharField(help_text="To be typed into the authenticator app.")
    uri = serializers.CharField(help_text="`otpauth://…`, to be shown as a QR code.")


class ConfirmSetup(ChallengeKey, Entering):
    setup = serializers.CharField(max_length=LONGEST_KEY)
    code = serializers.CharField(max_length=32)


class SignedInWithCodes(SignedIn):
    recovery_codes = serializers.ListField(child=serializers.CharField(), help_text="Each works once. Shown now only.")


class TotpBegun(ChallengeKey):
    secret = serializers.CharField()
    uri = serializers.CharField()


class ConfirmTotp(ChallengeKey):
    code = serializers.CharField(max_length=32)


class RecoveryCodes(serializers.Serializer):
    recovery_codes = serializers.ListField(child=serializers.CharField(), help_text="Each works once. Shown now only.")


class Factor(AsItIs, serializers.Serializer):
    created_at = Instant()
    last_used_at = Instant(allow_null=True)


class Passkey(Factor):
    id = serializers.IntegerField()
    name = serializers.CharField()


class NewPasskey(ChallengeKey):
    credential = Credential()
    name = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)


class PasskeyAdded(Passkey):
    recovery_codes = serializers.ListField(
        child=serializers.CharField(), help_text="Empty where there were some before."
    )


class Factors(serializers.Serializer):
    is_required = serializers.BooleanField(help_text="Whether the shop asks this person for one.")
    totp = Factor(allow_null=True)
    passkeys = Passkey(many=True)
    recovery_codes_left = serializers.IntegerField()
