"""What people are told of reviews, until somebody edits it in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.notifications.kinds import Kind, Text, Topic, register

REVIEW_WANTED, REVIEW_APPROVED = "review_wanted", "review_approved"
REVIEW_REJECTED, REVIEW_ANSWERED = "review_rejected", "review_answered"
PIECE = {"piece": "Chai mug"}
WANTED = {
    "en": Text(
        subject="What is it like to live with?",
        heading="What do you say, {name}?",
        body="{pieces}: with you for a week now.\n\nTell others what it is like, in a few words. The makers read it too.",
        button="Write a review",
    ),
    "hi": Text(
        subject="यह आपके घर में कैसा लगता है?",
        heading="आप क्या कहते हैं, {name}?",
        body="{pieces}: एक हफ़्ते से आपके पास है।\n\nदूसरों को कुछ शब्दों में बताएँ कि यह कैसा है। बनाने वाले भी इसे पढ़ते हैं।",
        button="अपनी राय लिखें",
    ),
}
APPROVED = {
    "en": Text(
        subject="Your review of {piece} is on show",
        heading="Thank you",
        body="What you wrote about {piece} now stands on its page.",
        button="Your reviews",
    ),
    "hi": Text(
        subject="{piece} पर आपकी राय अब दिख रही है",
        heading="धन्यवाद",
        body="{piece} के बारे में आपने जो लिखा, वह अब उसके पन्ने पर है।",
        button="आपकी रायें",
    ),
}
REJECTED = {
    "en": Text(
        subject="Your review of {piece}",
        heading="We cannot show it as it is",
        body="We read what you wrote about {piece}, and do not show it.\n\n{reason}\n\nChange it, and we read it again.",
        button="Change the review",
    ),
    "hi": Text(
        subject="{piece} पर आपकी राय",
        heading="इसे हम ऐसे नहीं दिखा सकते",
        body="{piece} के बारे में आपका लिखा हमने पढ़ा, पर उसे नहीं दिखा रहे।\n\n{reason}\n\nइसे बदलें, हम फिर पढ़ेंगे।",
        button="राय बदलें",
    ),
}
ANSWERED = {
    "en": Text(
        subject="We answered your review of {piece}",
        heading="An answer for you",
        body="You wrote about {piece}. We say:\n\n{answer}",
        button="Your reviews",
    ),
    "hi": Text(
        subject="{piece} पर आपकी राय का उत्तर",
        heading="आपके लिए उत्तर",
        body="आपने {piece} के बारे में लिखा था। हमारा उत्तर:\n\n{answer}",
        button="आपकी रायें",
    ),
}


def register_kinds() -> None:
    wanted = {"pieces": "Chai mug, Masala dabba", "name": "Asha"}
    reason = {"reason": "Please leave out the phone number of the courier."}
    answer = {"answer": "A new lid is on its way to you."}
    register(
        Kind(REVIEW_WANTED, _("Asking for a review"), Topic.REVIEWS, wanted, WANTED),
        Kind(REVIEW_APPROVED, _("Review is shown"), Topic.REVIEWS, PIECE, APPROVED),
        Kind(REVIEW_REJECTED, _("Review is not shown"), Topic.REVIEWS, PIECE | reason, REJECTED),
        Kind(REVIEW_ANSWERED, _("Review was answered"), Topic.REVIEWS, PIECE | answer, ANSWERED),
    )
