"""What people read about their accounts, in English, until somebody edits it in the admin."""

from __future__ import annotations

from shop.notifications.kinds import Text

UNKNOWN_DEVICE = "a device that does not say what it is"
NOT_YOU = "Was it not you? Then do nothing."

TEXTS = {
    "verify_email": Text(
        subject="Confirm your address at Osari",
        heading="Is this address yours?",
        body="An account at Osari was made with it. Confirm it, and you can write reviews and find orders that you placed "
        "as a guest. You can buy without it too.",
        button="Confirm the address",
        note=NOT_YOU,
    ),
    "verify_new_email": Text(
        subject="Confirm your new address at Osari",
        heading="Is this your new address?",
        body="Somebody with an account at Osari wants to sign in with it, and to be written to there. Until you confirm it "
        "the old address counts.",
        button="Confirm the address",
        note=NOT_YOU,
    ),
    "password_reset": Text(
        subject="Choose a new password at Osari",
        heading="Choose a new password",
        body="Somebody asked for a new password for this address. The link works for a day, once.",
        button="Choose a new password",
        note="Was it not you? Then do nothing: your password stays as it is.",
    ),
    "account_exists": Text(
        subject="You have an account at Osari already",
        heading="You have an account already",
        body="Somebody tried to make an account with this address. If it was you, sign in; if the password is lost, choose "
        "a new one.",
        button="Sign in",
        note=NOT_YOU,
    ),
    "password_changed": Text(
        subject="Your password at Osari was changed",
        heading="Your password was changed",
        body="All other devices were signed out. Was it not you? Then choose a new password now.",
        button="Choose a new password",
    ),
    "email_changed": Text(
        subject="Your account at Osari has another address",
        heading="Your account has another address",
        body="From now on you sign in with {new_email}, and we write there. If it was you, do nothing.\n\n"
        "Was it not you? Take the account back: this address counts again, everybody is signed out, and you choose a new "
        "password. This works for a week.",
        button="Take the account back",
    ),
    "security_changed": Text(
        subject="How you sign in at Osari has changed",
        heading="How you sign in has changed",
        body="{change}",
        button="See how you sign in",
        note="Was it not you? Change your password at once; that signs out everybody else.",
    ),
    "new_device": Text(
        subject="A new sign-in to your account at Osari",
        heading="Somebody signed in to your account",
        body="On {time}, with {device}. We had not seen this device, or this network, with your account before.\n\n"
        "Was it you? Then do nothing. Was it not you? Sign that device out and change your password now; that signs out "
        "everybody else.",
        button="See where you are signed in",
        note="If your password does not work any more, choose a new one on the page where you sign in.",
    ),
    "account_closed": Text(
        subject="Your account at Osari is closed",
        heading="Your account is closed",
        body="It was closed on {time}, and you are signed out everywhere. Your profile, your addresses and your letters are "
        "erased; of your orders we keep what the law wants in our books. This is our last letter about it: with it we "
        "forget this address too.\n\n"
        "Was it not you? Then somebody knew your password: change it wherever else you use it, and answer this "
        "letter. What was erased cannot be brought back.",
        button="Go to the shop",
    ),
    "sign_in_code": Text(
        subject="Your code",
        heading="Your code",
        body="{code} is your code. It works for ten minutes.",
        button="Sign in",
        sms="{code} is your Osari code. It works for ten minutes. Tell it to nobody; we never ask for it.",
    ),
}
