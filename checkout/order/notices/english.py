"""What buyers read about an order, in English, until somebody edits it in the admin."""

from __future__ import annotations

from shop.notifications.kinds import Text

TRACK = "Track this order"
SEE = "See the order"

TEXTS = {
    "order_placed": Text(
        subject="{number} is on the packing table",
        heading="Thank you, {name}.",
        body="Your order {number} is with us. {arrival}\n\nUntil it leaves you can cancel.",
        button=TRACK,
        sms="Osari: your order {number} for {total} is with us. Until it leaves you can cancel it in your account.",
    ),
    "order_to_pay": Text(
        subject="{number} waits for your payment",
        heading="Thank you, {name}.",
        body="Your order {number} is with us.\n\nWe begin to pack it when it is paid. Until it leaves you can cancel.",
        button="See and pay the order",
    ),
    "order_cash": Text(
        subject="{number} is on the packing table; you pay when it comes",
        heading="All set, {name}.",
        body="You pay {to_pay} for order {number} when it comes. Nothing is to be paid before. {arrival}\n\n"
        "Until it leaves you can cancel.",
        button=TRACK,
        sms="Osari: you pay {to_pay} for your order {number} when it comes. We are packing it.",
    ),
    "cash_code": Text(
        subject="{code} confirms your order {number}",
        heading="{code}",
        body="Type this code on the page of your order {number}, and we pack it. You pay {to_pay} when it comes.\n\n"
        "The code is good for ten minutes; there you can ask for a new one. Without it the order ends after a day.",
        button="Confirm the order",
        sms="{code} is the code for your Osari order {number} of {to_pay}, paid in cash. Good for 10 minutes.",
    ),
    "order_look_up": Text(
        subject="The way to your order {number}",
        heading="Here is your order",
        body="On our site somebody, you we hope, asked for the way to order {number}. {link_note}\n\nIt was not you? Then "
        "there is nothing to do: only who reads this letter can open the order.",
        button=SEE,
    ),
    "order_paid": Text(
        subject="{number} is paid and on the packing table",
        heading="Thank you, {name}.",
        body="{to_pay} for order {number} has arrived. {arrival}\n\nUntil it leaves you can cancel.",
        button=TRACK,
        sms="Osari: {to_pay} for order {number} has arrived. We are packing it.",
    ),
    "payment_failed": Text(
        subject="The payment for {number} did not go through",
        heading="The payment did not go through",
        body="No money was taken for order {number}. If your bank shows {to_pay} as gone, it comes back by itself."
        "\n\nYou can try again, with the same or another way to pay.",
        button="Pay the order",
        sms="Osari: the payment for order {number} did not go through. You can pay again from your account.",
    ),
    "order_shipped": Text(
        subject="{number} has left the workshop",
        heading="It is on its way",
        body="Your order {number} has left the workshop. {arrival}\n\n{parcel}\n\nThe rider calls before coming. {due}",
        button=TRACK,
        sms="Osari: order {number} is on its way. The rider calls before coming.",
    ),
    "out_for_delivery": Text(
        subject="{number} comes today",
        heading="It comes today",
        body="Your order {number} is with the rider, who calls before coming. {due}\n\n{parcel}",
        button=TRACK,
        sms="Osari: order {number} is out for delivery today. The rider calls before coming.",
    ),
    "order_delivered": Text(
        subject="{number} was delivered",
        heading="It is with you",
        body="Your order {number} was delivered.\n\nIs something broken or not what you ordered? Tell us from the "
        "order's page, and we put it right.",
        button=SEE,
        sms="Osari: order {number} was delivered. Something wrong? Tell us in your account.",
    ),
    "order_cancelled": Text(
        subject="{number} is cancelled",
        heading="Order {number} will not come",
        body="{state}",
        button=SEE,
        sms="Osari: order {number} is cancelled. See your account for what happens with the money.",
    ),
    "refund_started": Text(
        subject="Your refund for {number} has started",
        heading="Your money is on its way back",
        body="{amount} for order {number} goes back the way you paid. We write again when it has arrived at your bank.",
        button=SEE,
    ),
    "refund_done": Text(
        subject="{amount} for {number} has gone back to you",
        heading="{amount} has gone back to you",
        body="The refund for order {number} is done. It went back the way you paid; some banks show it a few days later.",
        button=SEE,
        sms="Osari: {amount} for order {number} has gone back to you.",
    ),
    "return_requested": Text(
        subject="We have your return for {number}",
        heading="We look at your return",
        body="You want to send back pieces of order {number}. We look at it and write again; keep the pieces and their "
        "box until then.",
        button=SEE,
    ),
    "return_approved": Text(
        subject="Your return for {number} is agreed",
        heading="Send it back to us",
        body="We agree to your return for order {number}. Pack the pieces as they came.\n\n{answer}",
        button=SEE,
        sms="Osari: your return for order {number} is agreed. Keep the parcel ready.",
    ),
    "return_rejected": Text(
        subject="Your return for {number}",
        heading="We cannot take it back",
        body="We cannot take back what you named of order {number}.\n\n{answer}\n\nNo money has moved. If you see it "
        "differently, answer this letter.",
        button=SEE,
    ),
    "return_received": Text(
        subject="Your return for {number} is here",
        heading="It is back with us",
        body="What you sent back of order {number} has arrived. We look at it, then the money follows.",
        button=SEE,
    ),
    "exchange_packed": Text(
        subject="Your exchange for {number} is on the packing table",
        heading="What you sent back is here",
        body="The pieces of order {number} came back. We are packing what you wanted instead, as order {replacement}: "
        "there is nothing to pay.",
        button=SEE,
        sms="Osari: what you sent back is here. We are packing your exchange, order {replacement}.",
    ),
    "return_refunded": Text(
        subject="The money for your return of {number}",
        heading="Your return is settled",
        body="{amount} for what you sent back of order {number} has gone back the way you paid; some banks show it a few "
        "days later.",
        button=SEE,
    ),
    "refund_failed": Text(
        subject="A refund of {amount} for {number} failed",
        heading="A refund did not reach the buyer",
        body="{amount} for order {number} did not go back: {reason}\n\nLook at the payment and refund it again.",
        button="Open the order",
    ),
}
