from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.core.errors import Conflict, Invalid, Refusal, Unavailable


class CourierNotOffered(Invalid):
    code = "courier_not_offered"
    title = _("This courier is not offered")


class CourierUnavailable(Unavailable):
    code = "courier_unavailable"
    title = _("The courier does not answer")


class CourierRefused(Conflict):
    code = "courier_refused"
    title = _("The courier does not take this parcel")


class BadCourierSignature(Refusal):
    code = "bad_signature"
    title = _("Not signed by the courier")


class BadCourierMessage(Refusal):
    code = "bad_message"
    title = _("Not a message that can be read")
