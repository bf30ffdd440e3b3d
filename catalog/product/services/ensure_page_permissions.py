from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from shop.accounts.roles import MERCHANDISER

PAGES = ("add_page", "change_page", "publish_page")
IMAGES = ("add_image", "change_image", "choose_image")


def ensure_page_permissions() -> None:
    """Let merchandisers edit categories, which are pages, and use pictures. Takes nothing away; may run at any time."""
    group, root = Group.objects.filter(name=MERCHANDISER).first(), Page.get_first_root_node()
    if group is None or root is None:
        return
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGES):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    collection = Collection.get_first_root_node()
    for permission in Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=IMAGES):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
