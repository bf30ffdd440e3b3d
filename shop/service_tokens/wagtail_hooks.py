"""Registration of service tokens in the Wagtail admin: for administrators."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from shop.core.backoffice.log_formats import tell
from shop.core.backoffice.policies import AddOnlyPolicy
from shop.service_tokens.backoffice.tokens import TokenViewSet
from shop.service_tokens.models import ServiceToken

# Not edited: what it may do was agreed. Not deleted: the audit trail names it.
register_permission_policy(ServiceToken, AddOnlyPolicy(ServiceToken))
register_snippet(TokenViewSet)


@hooks.register("register_log_actions")
def name_log_actions(actions):
    tell(actions, "service_token.revoke", _("Revoked"), lambda _data: str(_("Revoked")))
