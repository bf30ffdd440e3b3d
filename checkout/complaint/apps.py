from django.apps import AppConfig


class ComplaintConfig(AppConfig):
    name = "checkout.complaint"
    label = "complaint"

    def ready(self) -> None:
        from checkout.complaint import letter_subscribers, measures, personal_data, tasks  # noqa: F401
        from checkout.complaint.notices import register_kinds
        from shop.accounts.roles import SUPPORT, grant

        register_kinds()
        grant(SUPPORT, "complaint.view_complaint", "complaint.answer_complaint", "complaint.change_grievanceofficer")
