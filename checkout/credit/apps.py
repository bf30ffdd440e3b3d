from django.apps import AppConfig


class CreditConfig(AppConfig):
    name = "checkout.credit"
    label = "credit"

    def ready(self) -> None:
        from checkout.credit import personal_data, subscribers  # noqa: F401
        from checkout.credit.notices import register_kinds
        from shop.accounts.roles import SUPPORT, grant

        register_kinds()
        grant(SUPPORT, "credit.view_creditaccount", "credit.grant_credit")
