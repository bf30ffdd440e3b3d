"""Which notices complaints have, and how they read until somebody edits them in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.notifications.kinds import Kind, Text, Topic, register

ABOUT = {"number": "C-1042", "order": "OS-24183", "acknowledge_by": "26 October, 6:30 pm",
         "resolve_by": "Tuesday, 24 November"}  # fmt: skip
ANSWER = {"answer": "A new dish leaves today; keep the broken one."}
RECEIVED = {
    "en": Text(
        subject="Your complaint {number} is with us",
        heading="We have your complaint.",
        body="Its number is {number}.\n\nA person looks at it by {acknowledge_by}, and you have our answer by {resolve_by} at "
        "the latest.\n\nOn its page you see where it stands, and can add to it.",
        button="Follow the complaint",
    ),
    "hi": Text(
        subject="आपकी शिकायत {number} हमें मिल गई",
        heading="आपकी शिकायत हमें मिल गई।",
        body="इसका नंबर {number} है।\n\n{acknowledge_by} तक कोई इसे देखेगा, और ज़्यादा से ज़्यादा {resolve_by} तक आपको जवाब मिलेगा।\n\n"
        "इसके पेज पर आप देख सकते हैं कि यह कहाँ तक पहुँची, और कुछ जोड़ सकते हैं।",
        button="शिकायत देखें",
    ),
}
REPLIED = {
    "en": Text(
        subject="About your complaint {number}",
        heading="We wrote to you.",
        body="{answer}\n\nYou can answer on the page of your complaint {number}.",
        button="Read and answer",
    ),
    "hi": Text(
        subject="आपकी शिकायत {number} के बारे में",
        heading="हमने आपको लिखा है।",
        body="{answer}\n\nशिकायत {number} के पेज पर आप जवाब दे सकते हैं।",
        button="पढ़ें और जवाब दें",
    ),
}
RESOLVED = {
    "en": Text(
        subject="Our answer to your complaint {number}",
        heading="Here is our answer.",
        body="{answer}\n\nIf that does not settle it, say so on the page of {number} within two weeks: it is then open again.",
        button="See the answer",
    ),
    "hi": Text(
        subject="आपकी शिकायत {number} का जवाब",
        heading="यह रहा हमारा जवाब।",
        body="{answer}\n\nअगर बात नहीं बनी, तो दो हफ़्ते के अंदर {number} के पेज पर बताएँ: शिकायत फिर खुल जाएगी।",
        button="जवाब देखें",
    ),
}
DUE = {
    "en": Text(
        subject="{number} is due: {due}",
        heading="A complaint waits for you.",
        body="{number} has to be dealt with by {due}: the law gives no more time.",
        button="Open the complaint",
    ),
    "hi": Text(
        subject="{number}: {due} तक",
        heading="एक शिकायत आपकी राह देख रही है।",
        body="{number} को {due} तक निपटाना है: क़ानून इससे ज़्यादा समय नहीं देता।",
        button="शिकायत खोलें",
    ),
}


def register_kinds() -> None:
    register(
        Kind("complaint_received", _("Complaint received"), Topic.ORDERS, ABOUT, RECEIVED),
        Kind("complaint_replied", _("Complaint: the shop wrote"), Topic.ORDERS, ABOUT | ANSWER, REPLIED),
        Kind("complaint_resolved", _("Complaint answered"), Topic.ORDERS, ABOUT | ANSWER, RESOLVED),
        Kind("complaint_due", _("Complaint due (to staff)"), Topic.STAFF,
             {"number": "C-1042", "due": "26 October, 6:30 pm"}, DUE),
    )  # fmt: skip
