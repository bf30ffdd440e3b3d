"""Where the shop holds data of people: the registry behind docs/privacy.md (`manage.py data_map --write`).

A table with a key to a user, or with columns that name, reach or locate somebody, stands in HELD or, with a reason, in
NOT_PERSONAL; a test walks all models and fails for one that stands in neither. Another test closes an account that left
something everywhere, and looks for it in every table: only what is KEPT here may still hold it.
"""

from __future__ import annotations

from dataclasses import dataclass

DELETED, BLANKED, KEPT = "deleted", "blanked", "kept"
CONTRACT, LAW, CONSENT, INTEREST = "contract", "law", "consent", "legitimate interest"
ACCOUNT = "as long as the account"
BOOKS = "72 months after the year's return (CGST Act, section 36)"


@dataclass(frozen=True)
class Held:
    """A row of the map. `exported` names the part of the personal export; empty: not given out, `why` says so."""

    table: str
    what: str
    why: str
    basis: str
    kept: str
    seen_by: str
    erased: str
    exported: str = ""


HELD = (
    Held("accounts.User", "user name, e-mail, name, mobile number, language", "to sign in and be reached", CONTRACT,
         ACCOUNT, "the person, support, administrators", BLANKED, "profile"),
    Held("accounts.Address", "name, telephone, address, GSTIN", "to send things", CONTRACT, ACCOUNT, "the person",
         DELETED, "addresses"),
    Held("account.EmailAddress", "e-mail, whether verified", "to prove that it is theirs", CONTRACT, ACCOUNT,
         "the person", DELETED, "profile"),
    Held("accounts.User_groups", "roles", "what somebody may do", CONTRACT, ACCOUNT, "administrators", DELETED, "profile"),
    Held("accounts.User_user_permissions", "permissions", "what somebody may do", CONTRACT, ACCOUNT, "administrators",
         DELETED),
    Held("accounts.SignIn", "where somebody is signed in: browser (User-Agent), network without its last part, times",
         "so that they see a stranger, are told of one, and sign them out", INTEREST,
         "as long as the session (30 days at most unused), then 90 days",
         "the person", DELETED, "sign_ins"),
    Held("accounts.Challenge", "a sign-in or a change that waits for its proof: whose, the number that a code was sent to, "
         "what the proof is compared with (encrypted)", "to let in whom it is asked of, once", CONTRACT,
         "10 minutes, then an hour at most", "nobody", DELETED),
    Held("accounts.EmailChange", "the e-mail before and after a change, when", "to give back an account that was taken",
         INTEREST, "90 days", "nobody", DELETED, "email_changes"),
    Held("socialaccount.SocialAccount", "the number of an account elsewhere, and nothing else from there",
         "to sign in with it", CONTRACT, "until it is unlinked, else as long as the account", "the person, administrators",
         DELETED, "other_services"),
    Held("mfa.Authenticator", "second factors: an app's seed and recovery codes (encrypted), public keys of passkeys",
         "to keep an account safe", INTEREST, "until it is taken away, else as long as the account",
         "the person, administrators; the secrets: nobody", DELETED, "second_factors"),
    Held("cart.Cart", "what somebody means to buy", "to go on with it", CONTRACT,
         "of an account: as long as it; of a guest: 180 days", "the person", DELETED, "cart"),
    Held("order.Order", "e-mail, delivery and billing address, notes", "to deliver, and for the books", CONTRACT, BOOKS,
         "the buyer, staff; a vendor sees no buyer", KEPT, "orders"),
    Held("order.OrderEvent", "who did what with an order, notes", "to answer for it", CONTRACT, BOOKS,
         "the buyer, staff", KEPT, "orders"),
    Held("order.Return", "reasons, who asked", "to take things back", CONTRACT, BOOKS, "the buyer, staff", KEPT,
         "orders"),
    Held("reviews.Review", "what somebody wrote, under the name that they show", "to help others choose", CONSENT,
         "until it is withdrawn", "everybody", DELETED, "reviews"),
    Held("reviews.HelpfulVote", "which reviews somebody found helpful", "to count each once", CONSENT, ACCOUNT, "nobody",
         DELETED, "helpful_votes"),
    Held("wishlist.WishlistItem", "what somebody keeps an eye on", "to show it to them", CONTRACT, ACCOUNT, "the person",
         DELETED, "wishlist"),
    Held("viewed.View", "what somebody looked at last", "to show it to them again", CONTRACT,
         "the last 20, of the last 180 days", "the person", DELETED, "recently_viewed"),
    Held("complaint.Complaint", "e-mail, order, what somebody complains of", "to answer it in time", LAW, BOOKS,
         "the person, support", BLANKED, "complaints"),
    Held("complaint.ComplaintMessage", "what was written about it", "to answer it", LAW, BOOKS, "the person, support",
         BLANKED, "complaints"),
    Held("credit.CreditAccount", "whose store credit it is", "it is money that the shop owes", CONTRACT, BOOKS,
         "the person, support", KEPT, "store_credit"),
    Held("credit.StoreCreditEntry", "what was given and spent, and by which member of staff", "the ledger is never changed",
         CONTRACT, BOOKS, "the person, support", KEPT, "store_credit"),
    Held("payment.Refund", "who asked for it", "to answer for it", LAW, BOOKS, "support, administrators", KEPT),
    Held("payment.WebhookEvent", "a gateway's messages, whole", "to apply each once", CONTRACT, "30 days", "nobody", KEPT),
    Held("shipping.CourierMessage", "a courier's messages, whole", "to apply each once", CONTRACT, "30 days", "nobody",
         KEPT),
    Held("notifications.Notification", "letters, SMS and notices, whole, with their address", "to tell, once", CONTRACT,
         "400 days", "the person, support", DELETED, "notifications"),
    Held("notifications.NotificationPreference", "what somebody wants to be told", "to respect it", CONTRACT, ACCOUNT,
         "the person", DELETED, "notification_preferences"),
    Held("notifications.PushSubscription", "a browser's address and keys", "web push, where it was asked for", CONSENT,
         ACCOUNT, "nobody", DELETED, "push_subscriptions"),
    Held("notifications.StockAlert", "e-mail, what is waited for", "to tell once it is back", CONSENT, "180 days",
         "nobody", DELETED, "stock_alerts"),
    Held("privacy.Consent", "what somebody agreed to, when, under which wording", "to prove it", LAW,
         "of an account: as long as it; else 3 years", "the person", DELETED, "consents"),
    Held("privacy.AnalyticsEvent", "what was seen, searched and bought under a random id", "to know what is liked",
         CONSENT, "400 days, or until a no", "nobody by name", DELETED, "analytics"),
    Held("privacy.PurchaseConsent", "that a buyer had agreed to be counted", "to respect it", CONSENT,
         "until the purchase is counted", "nobody", DELETED),
    Held("privacy.PrivacyRequest", "that data was given out or erased, by account number", "to prove it", LAW, "3 years",
         "support, administrators", KEPT),
    Held("core.IdempotencyKey", "answers to programs, whole but for tokens", "to do a thing once", CONTRACT, "48 hours",
         "nobody", DELETED),
    Held("wagtailcore.APIToken", "tokens of staff", "so that programs may edit", INTEREST, ACCOUNT, "administrators",
         DELETED),
    Held("wagtailusers.UserProfile", "language and looks of the admin", "so that it is as they like it", CONTRACT,
         ACCOUNT, "staff itself", DELETED),
    Held("wagtailcore.ModelLogEntry", "which member of staff changed what", "to answer for it", INTEREST, BOOKS, "staff",
         KEPT),
    Held("wagtailcore.PageLogEntry", "which member of staff changed what", "to answer for it", INTEREST, BOOKS, "staff",
         KEPT),
    Held("admin.LogEntry", "which administrator changed what", "to answer for it", INTEREST, BOOKS, "administrators",
         KEPT),
    Held("inventory.StockMovement", "which member of staff moved stock", "the ledger is never changed", LAW, BOOKS,
         "merchandisers", KEPT),
)  # fmt: skip

_STAFF = "which member of staff did it: a key to an account that is blanked when it is closed"
_CONTENT = "content that the shop shows to everybody"
NOT_PERSONAL = {
    "outbox.OutboxEvent": "numbers of things, never names or addresses (docs/events)",
    "webhooks.WebhookDelivery": "the same, for third parties",
    "notifications.NoticeText": _CONTENT,
    "privacy.ConsentText": _CONTENT,
    "cms_pages.ShopSettings": "the shop's own address",
    "wagtailsearch.IndexEntry": _CONTENT,
    "complaint.GrievanceOfficer": "the shop's own officer, shown to everybody by law",
    "service_tokens.ServiceToken": "an account of another system, not of a person",
    "product.ProductCore": "the seller: a business, shown to everybody",
    **dict.fromkeys(
        ("product.Brand", "product.CategoryPage", "product.Product", "cms_pages.HomePage", "cms_pages.LandingPage",
         "cms_pages.ContentPage", "wagtaildocs.Document", "wagtailimages.Image", "wagtailadmin.EditingSession",
         "wagtailadmin.FormState", "wagtailcore.Revision", "wagtailcore.UploadedFile", "wagtailcore.WorkflowState",
         "wagtailcore.TaskState", "wagtailcore.Page", "wagtailcore.Comment", "wagtailcore.CommentReply",
         "wagtailcore.PageSubscription"),
        _STAFF,
    ),
}  # fmt: skip

COLUMNS = ("table", "what", "why", "legal basis", "kept", "seen by", "when the account is closed", "in the export")


def as_table() -> str:
    """Markdown."""
    rows = [
        (f"`{held.table}`", held.what, held.why, held.basis, held.kept, held.seen_by, held.erased, held.exported or "–")
        for held in HELD
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in (COLUMNS, ("---",) * len(COLUMNS), *rows)) + "\n"
