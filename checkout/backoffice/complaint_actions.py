"""Take up, reply, resolve, close, open again: each asked for, confirmed, and told to the audit log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkout.backoffice.complaint_labels import SCREEN
from checkout.backoffice.parcels_shown import Offer
from checkout.complaint.models import Complaint
from checkout.complaint.rules import BY_STAFF, LONGEST_TEXT
from checkout.complaint.services.acknowledge_complaint import acknowledge_complaint
from checkout.complaint.services.close_complaint import close_complaint
from checkout.complaint.services.reopen_complaint import reopen_complaint
from checkout.complaint.services.reply_to_complaint import reply_to_complaint
from checkout.complaint.services.resolve_complaint import resolve_complaint
from checkout.complaint.statuses import Status
from shop.core.backoffice.asking import Asked


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your words to the complainant"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("They go out by e-mail and stand on the complaint's page."),
    )  # fmt: skip


class ComplaintAction(Asked):
    kind, permission, to = "complaint", "complaint.answer_complaint", ""
    permissions = ("complaint.view_complaint", "complaint.answer_complaint")

    def find(self, **kwargs: Any) -> Complaint:
        self.complaint = get_object_or_404(Complaint, pk=kwargs["pk"])
        return self.complaint

    def is_possible(self) -> bool:
        return self.to in BY_STAFF[self.complaint.status]

    def too_late(self) -> str:
        facts = {"number": self.complaint.number, "stage": self.complaint.get_status_display()}
        return _("Not possible any more; nothing was changed. %(number)s is now: %(stage)s.") % facts

    def back(self) -> str:
        return reverse(SCREEN.format("inspect"), args=[self.complaint.pk])

    def told(self, text: str) -> str:
        return text % {"number": self.complaint.number, "email": self.complaint.email}


class AcknowledgeComplaint(ComplaintAction):
    name, icon, to = "acknowledge", "user", Status.ACKNOWLEDGED
    title = gettext_lazy("Take it up")

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        acknowledge_complaint(complaint_id=self.complaint.pk, at=timezone.now(), by=by)
        self.log()
        return self.told(_("%(number)s is taken up. Answer it before its day."))

    def explain(self) -> str:
        return _("A person has read it: the law gives 48 hours for that. Its complainant sees it on the page.")


class ReplyToComplaint(ComplaintAction):
    name, icon, form_class = "reply", "comment", AnswerForm
    title = gettext_lazy("Write to the complainant")

    def is_possible(self) -> bool:
        return self.complaint.status != Status.CLOSED

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        reply_to_complaint(complaint_id=self.complaint.pk, text=typed["text"], at=timezone.now(), by=by)
        self.log(note=typed["text"][:200])
        return self.told(_("Sent to %(email)s. The complaint stays with you until it is answered for good."))

    def explain(self) -> str:
        return _("For a question, or to say what is being done. What puts it right is its answer: use that step.")


class ResolveComplaint(ComplaintAction):
    name, icon, form_class, to = "resolve", "check", AnswerForm, Status.RESOLVED
    title = gettext_lazy("Answer it for good")

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        resolve_complaint(complaint_id=self.complaint.pk, text=typed["text"], at=timezone.now(), by=by)
        self.log(note=typed["text"][:200])
        return self.told(_("%(number)s is answered; a mail goes to %(email)s. It closes by itself after two weeks."))

    def explain(self) -> str:
        return _("Say what was done to put it right. Its complainant has two weeks to say that it is not.")


class CloseComplaint(ComplaintAction):
    name, icon, to = "close", "cross", Status.CLOSED
    title = gettext_lazy("Close it")
    is_serious = True

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        close_complaint(complaint_id=self.complaint.pk, at=timezone.now(), by_complainant=False)
        self.log()
        return self.told(_("%(number)s is closed."))

    def explain(self) -> str:
        return _("It is answered and settled. Nobody can write to it any more.")


class ReopenComplaint(ComplaintAction):
    name, icon, to = "reopen", "undo", Status.REOPENED
    title = gettext_lazy("Open it again")

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        reopen_complaint(complaint_id=self.complaint.pk, at=timezone.now(), by=by)
        self.log()
        return self.told(_("%(number)s is open again, with new deadlines."))

    def explain(self) -> str:
        return _("The answer did not settle it. Both deadlines begin anew, and its complainant gets a mail.")


STEPS: tuple[type[ComplaintAction], ...] = (
    AcknowledgeComplaint, ReplyToComplaint, ResolveComplaint, CloseComplaint, ReopenComplaint,
)  # fmt: skip


def offers_for(complaint: Complaint, user: Any) -> list[Offer]:
    """Steps that this person may take now; the reply has a form of its own on the screen."""
    if not user.has_perm(ComplaintAction.permission):
        return []
    return [
        Offer(step.title, reverse(SCREEN.format(step.name), args=[complaint.pk]), step.icon, step.is_serious)
        for step in STEPS
        if step.to in BY_STAFF[complaint.status]
    ]
