from __future__ import annotations

from django.conf import settings
from rest_framework import serializers

from shop.accounts import roles, selectors
from shop.accounts.models import Address, User
from shop.accounts.statuses import LinkClient, SignInKind
from shop.core.api.fields import AsItIs, Digits, Instant, Password


class Profile(AsItIs, serializers.ModelSerializer):
    role = serializers.SerializerMethodField()
    date_joined = Instant(read_only=True)

    class Meta:
        model = User
        fields: tuple[str, ...] = (
            "id", "username", "email", "name", "phone", "is_verified", "role", "locale", "date_joined",
        )  # fmt: skip
        read_only_fields: tuple[str, ...] = fields

    def get_role(self, user) -> str:
        return roles.role_of(user)


class OwnProfile(Profile):
    phone_is_confirmed = serializers.SerializerMethodField(help_text="Then a code sent there signs you in.")
    pending_email = serializers.SerializerMethodField(
        help_text="The address you asked to move to; it counts once the link sent there is opened."
    )

    has_password = serializers.SerializerMethodField(help_text="Else one signs in by a passkey, a code or elsewhere.")

    class Meta(Profile.Meta):
        fields = (*Profile.Meta.fields, "phone_is_confirmed", "pending_email", "has_password")
        read_only_fields = fields

    def get_phone_is_confirmed(self, user) -> bool:
        return user.phone_verified_at is not None

    def get_pending_email(self, user) -> str:
        return selectors.pending_email(user)

    def get_has_password(self, user) -> bool:
        return user.has_usable_password()


class Person(Profile):
    """An account as the administrator sees it."""

    last_login = Instant(read_only=True, allow_null=True)

    class Meta(Profile.Meta):
        fields = (*Profile.Meta.fields, "is_active", "last_login")
        read_only_fields = fields


class ForClient(serializers.Serializer):
    client = serializers.ChoiceField(
        LinkClient.choices, default=LinkClient.PAGES.value, help_text="Which client the link of the mail opens."
    )


class SignUp(ForClient):
    email = serializers.EmailField(max_length=254)
    password = Password()
    username = serializers.CharField(max_length=150, required=False, allow_blank=True, default="")
    name = serializers.CharField(max_length=150, required=False, allow_blank=True, default="")


class Entering(serializers.Serializer):
    cookie = serializers.BooleanField(
        default=False, help_text="For browsers: keep the refresh token in an HttpOnly cookie, not in the answer."
    )


class SignIn(Entering):
    username = serializers.CharField(max_length=254, help_text="User name or e-mail address.")
    password = Password(max_length=1024)


class TokenPair(serializers.Serializer):
    token = serializers.CharField(help_text="The same as `access`.")
    access = serializers.CharField(help_text="Lives 5 minutes. Send it as `Authorization: Bearer …`.")
    refresh = serializers.CharField(required=False, help_text="Lives 14 days and works once. Absent with a cookie.")


class SignedIn(TokenPair):
    user = Profile()


class RefreshToken(serializers.Serializer):
    refresh = serializers.CharField(
        max_length=4096, required=False, help_text="May be left out where the cookie holds it."
    )


class ChangeProfile(serializers.Serializer):
    """`PUT` empties what is left out of name, phone and locale; user name and e-mail stay unless given."""

    name = serializers.CharField(max_length=150, allow_blank=True, default="")
    phone = serializers.CharField(max_length=32, allow_blank=True, default="", help_text="National or E.164 form.")
    locale = serializers.ChoiceField([code for code, _name in settings.LANGUAGES], allow_blank=True, default="")
    username = serializers.CharField(max_length=150, required=False)
    email = serializers.EmailField(max_length=254, required=False, help_text="Another one needs `password` too.")
    password = Password(max_length=1024, required=False, help_text="Only for another e-mail address.")


class SignInRow(AsItIs, serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(SignInKind.choices, help_text="A browser's session, or a program's tokens.")
    device = serializers.CharField(help_text="Such as `Firefox, Windows`; empty where nothing is known.")
    network = serializers.CharField(help_text="The network address without its last part.")
    created_at = Instant()
    last_used_at = Instant()
    is_current = serializers.SerializerMethodField(help_text="The one that asks.")

    def get_is_current(self, row) -> bool:
        return row.session_key == self.context["here"]


class ChangePassword(serializers.Serializer):
    old_password = Password(max_length=1024)
    new_password = Password()


class AskReset(ForClient):
    email = serializers.EmailField(max_length=254)


class ConfirmReset(serializers.Serializer):
    token = serializers.CharField(max_length=512)
    new_password = Password()


class LinkToken(serializers.Serializer):
    token = serializers.CharField(max_length=512)


class VerifyEmail(LinkToken, ForClient):
    """`client`: where the old address, if a confirmed one gives way, is led back."""


class Verified(serializers.Serializer):
    is_verified = serializers.BooleanField()


class PeopleQuery(serializers.Serializer):
    q = serializers.CharField(
        required=False, allow_blank=True, max_length=100, help_text="In user name, e-mail and name."
    )
    search = serializers.CharField(required=False, allow_blank=True, max_length=100, help_text="The same as `q`.")
    role = serializers.ChoiceField(roles.ROLES, required=False, allow_blank=True)
    is_active = serializers.BooleanField(required=False)


class ChangePerson(serializers.Serializer):
    role = serializers.ChoiceField(roles.ROLES)
    is_active = serializers.BooleanField()


class AddressBody(AsItIs, serializers.ModelSerializer):
    """What fits together (PIN and state, phone and country) is checked by `shop.accounts.rules`."""

    name = serializers.CharField(max_length=150)
    phone = serializers.CharField(max_length=32, help_text="National or E.164 form; answered in E.164.")
    street = serializers.CharField(max_length=255)
    landmark = serializers.CharField(max_length=150, allow_blank=True, default="")
    city = serializers.CharField(max_length=100, allow_blank=True, default="")
    state = serializers.CharField(
        max_length=60, allow_blank=True, default="", help_text="`Karnataka`, `KA` or `IN-KA`; answered by name."
    )
    pincode = Digits(max_length=12, allow_blank=True, default="")
    country = serializers.CharField(max_length=2, allow_blank=True, default="IN", help_text="ISO 3166, two letters.")
    gstin = serializers.CharField(max_length=15, allow_blank=True, default="")
    is_default = serializers.BooleanField(default=False)

    class Meta:
        model = Address
        fields = ("id", "name", "phone", "street", "landmark", "city", "state", "pincode", "country", "gstin",
                  "is_default")  # fmt: skip
        read_only_fields = ("id",)


class DefaultAddress(serializers.Serializer):
    id = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
