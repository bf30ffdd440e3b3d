"""Permission policies for rows that use cases write, and hands do not."""

from __future__ import annotations

from wagtail.permission_policies import ModelPermissionPolicy


class SeeOnlyPolicy(ModelPermissionPolicy):
    """Rows that nobody makes, edits or deletes by hand, not even a superuser."""

    refused = frozenset({"add", "change", "delete"})

    def user_has_permission(self, user, action):
        return action not in self.refused and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return super().user_has_any_permission(user, set(actions) - self.refused)

    def user_has_permission_for_instance(self, user, action, instance):
        return action not in self.refused and super().user_has_permission_for_instance(user, action, instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return super().user_has_any_permission_for_instance(user, set(actions) - self.refused, instance)

    def users_with_any_permission(self, actions):
        return super().users_with_any_permission(set(actions) - self.refused)


class AddOnlyPolicy(SeeOnlyPolicy):
    """Dated facts: a new one is added, an old one stays as it was."""

    refused = frozenset({"change", "delete"})


class NeverDeletePolicy(SeeOnlyPolicy):
    """What others refer to: it is switched off instead."""

    refused = frozenset({"delete"})
