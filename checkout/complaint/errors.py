from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.core.errors import Conflict


class WrongStage(Conflict):
    """A step that the table does not allow; `allowed` names those that it does."""

    code = "wrong_state"
    title = _("The complaint is not at a stage for that")


class ComplaintClosed(Conflict):
    code = "complaint_closed"
    title = _("This complaint is closed: write a new one, and name this one's number")
