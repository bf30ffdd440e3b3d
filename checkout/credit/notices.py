"""The notice that somebody got store credit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from shop.notifications.kinds import Kind, Text, Topic, register

GRANTED = "credit_granted"
SAMPLES = {"amount": "₹649", "balance": "₹1,149", "name": "Asha", "why": "For what you sent back of order OS-24183."}
TEXTS = {
    "en": Text(
        subject="{amount} of store credit is yours",
        heading="{amount} is yours to spend",
        body="We have put {amount} of store credit into your account. {why}\n\nYou have {balance} of it now. Use it for "
        "your next order, whole or in parts: tick it where you choose how to pay.",
        button="See your store credit",
        sms="Osari: {amount} of store credit is in your account. You have {balance} of it now.",
    ),
    "hi": Text(
        subject="{amount} का स्टोर क्रेडिट आपका है",
        heading="{amount} अब आपके ख़र्च के लिए है",
        body="हमने आपके खाते में {amount} का स्टोर क्रेडिट जोड़ दिया है। {why}\n\nअब आपके पास कुल {balance} है। अगले ऑर्डर में पूरा या थोड़ा-थोड़ा "
        "इस्तेमाल करें: भुगतान का तरीका चुनते समय उस पर निशान लगाएँ।",
        button="अपना स्टोर क्रेडिट देखें",
        sms="ओसरी: {amount} का स्टोर क्रेडिट आपके खाते में है। अब आपके पास कुल {balance} है।",
    ),
}


def register_kinds() -> None:
    register(Kind(GRANTED, gettext_lazy("Store credit given"), Topic.ORDERS, SAMPLES, TEXTS))
