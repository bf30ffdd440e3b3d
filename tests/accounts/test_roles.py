import pytest
from django.contrib.auth.models import AnonymousUser, Group

from shop.accounts import roles
from shop.accounts.services.ensure_roles import ensure_roles
from tests.factories.people import make_user


@pytest.mark.parametrize("role", roles.ROLES)
def test_a_role_is_named_and_had(db, role):
    user = make_user(role=role)
    assert roles.role_of(user) == role
    assert roles.has_role(user, role)


def test_an_administrator_has_every_role_and_others_only_their_own(db):
    admin, maya = make_user(role="admin"), make_user(role="merchandiser")
    assert all(roles.has_role(admin, role) for role in roles.GROUPS)
    assert not roles.has_role(maya, "support", "admin")
    assert not roles.has_role(make_user(), *roles.GROUPS)
    assert not roles.has_role(AnonymousUser(), *roles.ROLES)


def test_a_disabled_user_has_none(db):
    assert not roles.has_role(make_user(role="merchandiser", is_active=False), "merchandiser")


def test_of_several_the_highest_is_named(db):
    user = make_user(role="vendor")
    user.groups.add(Group.objects.get_or_create(name="support")[0])
    assert roles.role_of(user) == "support"
    assert roles.has_role(user, "vendor")


def test_another_group_is_no_role(db):
    user = make_user()
    user.groups.add(Group.objects.create(name="Wagtail editors"))
    assert roles.role_of(user) == "customer"


def test_every_grant_exists_and_reaches_its_group(db, caplog):
    ensure_roles()
    ensure_roles()
    assert "does not exist" not in caplog.text
    for role in ("merchandiser", "support"):
        assert make_user(role=role).has_perm("wagtailadmin.access_admin")
    assert not make_user(role="vendor").has_perm("wagtailadmin.access_admin")


def test_a_grant_that_names_nothing_is_said_in_the_log(db, caplog, monkeypatch):
    monkeypatch.setitem(roles.grants, "support", {"nothing.at_all"})
    ensure_roles()
    assert "nothing.at_all, which does not exist" in caplog.text


def test_only_roles_with_a_group_are_granted_anything():
    with pytest.raises(ValueError, match="king"):
        roles.grant("king", "a.b")


def test_migrate_makes_the_groups(db):
    from django.apps import apps
    from django.db.models.signals import post_migrate

    Group.objects.all().delete()
    for config in apps.get_app_configs():
        if config.models_module:
            post_migrate.send(
                sender=config, app_config=config, using="default", verbosity=0, interactive=False, apps=apps, plan=[]
            )
    assert set(Group.objects.values_list("name", flat=True)) >= set(roles.GROUPS)
