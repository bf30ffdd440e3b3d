from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from shop.accounts.rules import show_phone
from shop.accounts.statuses import ChallengePurpose, SignInKind
from shop.accounts.user_agents import LONGEST, device_of
from shop.core.fields import EncryptedText


class User(AbstractUser):
    """A person with an account. E-mail and user name are unique without regard to letter case."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    phone = models.CharField(_("mobile number"), max_length=16, blank=True)
    phone_verified_at = models.DateTimeField(_("mobile number confirmed"), null=True, editable=False)
    is_verified = models.BooleanField(_("e-mail verified"), default=False)
    locale = models.CharField(_("language"), max_length=12, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)
    # Part of every session's hash: one more ends all sessions and tokens. The database itself counts it up when an
    # account is disabled or loses a role (migration 0002), whoever does it and how.
    session_generation = models.PositiveIntegerField(default=0, editable=False)

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"
        permissions = [("look_after_customers", _("Can see customers, disable and enable their accounts"))]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="user_email_once",
                violation_error_message=_("This e-mail is taken."),
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_once",
                violation_error_message=_("This user name is taken."),
            ),
            # Whoever showed last that a number is theirs has it: numbers are given to new people.
            models.UniqueConstraint(
                fields=["phone"], condition=Q(phone_verified_at__isnull=False), name="user_confirmed_phone_once"
            ),
        ]

    # Set by whoever finds out who calls: staff without the second proof that the shop asks of them has no power.
    second_factor_missing = False
    known_groups: Sequence[str] | None = None  # by name, where they were read together with the person

    def __str__(self) -> str:
        return self.name or self.username

    def has_perm(self, perm, obj=None) -> bool:
        return not self.second_factor_missing and super().has_perm(perm, obj)

    def _get_session_auth_hash(self, secret=None) -> str:
        """Django's hook for what a session is bound to; it calls this with older SECRET_KEYs too."""
        bound = f"{self.session_generation}:{self.password}"
        return salted_hmac("shop.accounts.session", bound, secret=secret, algorithm="sha256").hexdigest()


class Address(models.Model):
    """Where a person lives or has things sent. Indian rules: PIN fits the state (libaddressinput's data)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="addresses")
    name = models.CharField(_("full name"), max_length=150)
    phone = models.CharField(_("mobile number"), max_length=16)  # E.164
    street = models.CharField(_("house and street"), max_length=255)
    landmark = models.CharField(_("landmark"), max_length=150, blank=True)
    city = models.CharField(_("town"), max_length=100)
    state = models.CharField(_("state"), max_length=60, blank=True)  # by name, as libaddressinput spells it
    pincode = models.CharField(_("PIN code"), max_length=12, blank=True)
    country = models.CharField(_("country"), max_length=2, default="IN")
    gstin = models.CharField(_("GSTIN"), max_length=15, blank=True)
    is_default = models.BooleanField(_("default"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(is_default=True), name="address_one_default"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"

    @property
    def lines(self) -> list[str]:
        """As it is written on a parcel."""
        town = " ".join(part for part in (self.city, self.pincode) if part)
        written = [self.name, self.street, self.landmark, town, self.state, show_phone(self.phone)]
        if self.country != "IN":
            written.insert(-1, self.country)
        return [line for line in written if line]


class SignIn(models.Model):
    """A browser or a program that is signed in, as its owner sees it. Ends with its session (`django_session`).

    `bound_to` is what the session is bound to (`User._get_session_auth_hash`): one that a new password has ended is
    recognized by it.
    """

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    kind = models.CharField(max_length=7, choices=SignInKind.choices)
    session_key = models.CharField(max_length=40, unique=True)
    bound_to = models.CharField(max_length=64)
    user_agent = models.CharField(max_length=LONGEST, blank=True)
    network = models.CharField(max_length=50, blank=True)  # coarse: never the whole address
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")

    def __str__(self) -> str:
        return self.device or str(self.get_kind_display())

    @property
    def device(self) -> str:
        return device_of(self.user_agent)


class Challenge(models.Model):
    """Something begun that waits for a proof: a code, a key, a second factor. Its key is given out, its SHA-256 kept.

    `secret` is what the proof is compared with (the state of a WebAuthn ceremony, a seed); codes are not kept at all
    but made from the row's number and SECRET_KEY (challenges.code_of).
    """

    wagtail_reference_index_ignore = True
    Purpose = ChallengePurpose

    key_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=16, choices=ChallengePurpose.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    phone = models.CharField(max_length=16, blank=True)
    secret = EncryptedText(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.get_purpose_display())


class EmailChange(models.Model):
    """An address that gave way to another one: its owner can take the account back for a while."""

    wagtail_reference_index_ignore = True
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="email_changes")
    old_email = models.EmailField()
    new_email = models.EmailField()
    changed_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.old_email} → {self.new_email}"


class HeldName(models.Model):
    """A user name that was chosen in a sign-up with a taken e-mail address. Nobody has it, and nobody gets it: a real
    account would have it, and a name that is still free would tell that there is none. Only the SHA-256 is kept."""

    wagtail_reference_index_ignore = True
    name_hash = models.CharField(max_length=64, unique=True)
    held_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name_hash[:8]
