"""What people are told of stock, until somebody edits it in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.notifications.kinds import Kind, Text, Topic, register

BACK_IN_STOCK, LOW_STOCK = "back_in_stock", "low_stock"

BACK = {
    "en": Text(
        subject="{piece} is back",
        heading="It is back",
        body="{piece} can be bought again. You asked us to tell you; we write about it this once.\n\nNone is put aside.",
        button="See it",
        sms="Osari: {piece} can be bought again. None is put aside.",
    ),
    "hi": Text(
        subject="{piece} फिर उपलब्ध है",
        heading="यह फिर आ गया है",
        body="{piece} फिर ख़रीदा जा सकता है। आपने बताने को कहा था; इसके बारे में हम यही एक बार लिखेंगे।\n\nकोई अलग नहीं रखा गया है।",
        button="देखें",
        sms="ओसरी: {piece} फिर ख़रीदा जा सकता है। कोई अलग नहीं रखा गया है।",
    ),
}
LOW = {
    "en": Text(
        subject="{number} left: {piece}",
        heading="{number} left",
        body="{piece} (SKU {sku}) is at its threshold: {number} can still be sold.",
        button="Open its stock",
    ),
    "hi": Text(
        subject="{number} बचे हैं: {piece}",
        heading="{number} बचे हैं",
        body="{piece} (SKU {sku}) सीमा पर है: {number} और बिक सकते हैं।",
        button="स्टॉक खोलें",
    ),
}


def register_kinds() -> None:
    register(
        Kind(BACK_IN_STOCK, _("Back in stock"), Topic.STOCK, {"piece": "Chai mug"}, BACK),
        Kind(LOW_STOCK, _("Low stock (to staff)"), Topic.STAFF, {"piece": "Chai mug", "sku": "MUG-01", "number": "3"}, LOW),
    )  # fmt: skip
