"""Registration of the notices in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from shop.core.backoffice.policies import SeeOnlyPolicy
from shop.notifications.backoffice.log import NotificationViewSet
from shop.notifications.backoffice.texts import NoticeTextViewSet
from shop.notifications.models import Notification

register_permission_policy(Notification, SeeOnlyPolicy(Notification))


class NoticesGroup(SnippetViewSetGroup):
    menu_label = _("Notices")
    menu_icon = "mail"
    menu_order = 160
    items = (NoticeTextViewSet, NotificationViewSet)


register_snippet(NoticesGroup)


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action("notice.resend", _("Send again"), _("Sent again"))
