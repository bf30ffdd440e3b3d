"""Registration of privacy in the Wagtail admin: texts for administrators, the audit for support too."""

from django.utils.translation import gettext_lazy as _
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from shop.core.backoffice.policies import AddOnlyPolicy, SeeOnlyPolicy
from shop.privacy.backoffice.requests import RequestViewSet
from shop.privacy.backoffice.texts import ConsentTextViewSet
from shop.privacy.models import ConsentText, PrivacyRequest

register_permission_policy(ConsentText, AddOnlyPolicy(ConsentText))
register_permission_policy(PrivacyRequest, SeeOnlyPolicy(PrivacyRequest))


class PrivacyGroup(SnippetViewSetGroup):
    menu_label = _("Privacy")
    menu_icon = "lock"
    menu_order = 910
    items = (RequestViewSet, ConsentTextViewSet)


register_snippet(PrivacyGroup)
