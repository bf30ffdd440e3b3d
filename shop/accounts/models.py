from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from shop.accounts.rules import show_phone


class User(AbstractUser):
    """A person with an account. E-mail and user name are unique without regard to letter case."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    phone = models.CharField(_("mobile number"), max_length=16, blank=True)
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
        ]

    def __str__(self) -> str:
        return self.name or self.username

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
