"""Registration of webhooks in the Wagtail admin: for administrators."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from shop.core.backoffice.log_formats import tell
from shop.core.backoffice.policies import SeeOnlyPolicy
from shop.webhooks.backoffice.deliveries import DeliveryViewSet
from shop.webhooks.backoffice.endpoints import EndpointViewSet
from shop.webhooks.models import WebhookDelivery

register_permission_policy(WebhookDelivery, SeeOnlyPolicy(WebhookDelivery))


class WebhookGroup(SnippetViewSetGroup):
    menu_label = _("Webhooks")
    menu_icon = "link-external"
    menu_order = 900
    items = (EndpointViewSet, DeliveryViewSet)


register_snippet(WebhookGroup)


@hooks.register("register_log_actions")
def name_log_actions(actions):
    tell(actions, "webhook.replay", _("Sent again"), lambda data: f"{_('Sent again')}: {data.get('event', '')}")
    tell(actions, "webhook.secret", _("Secret changed"), lambda _data: str(_("Secret changed")))
