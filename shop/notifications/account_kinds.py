"""What telephones are told about accounts. Operators in India deliver registered texts only: the id is typed in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.notifications.kinds import Kind, Text, Topic, register

register(
    Kind(
        "sign_in_code", _("Code for a telephone"), Topic.ACCOUNT, samples={"code": "204816"},
        texts={
            "en": Text(
                subject="Your code", heading="Your code", body="{code} is your code. It works for ten minutes.", button="Sign in",
                sms="{code} is your Osari code. It works for ten minutes. Tell it to nobody; we never ask for it.",
            ),
            "hi": Text(
                subject="आपका कोड", heading="आपका कोड", body="{code} आपका कोड है। यह दस मिनट तक चलता है।", button="साइन इन करें",
                sms="{code} आपका Osari कोड है। यह दस मिनट तक चलता है। इसे किसी को न बताएँ; हम कभी नहीं पूछते।",
            ),
        },
    )
)  # fmt: skip
