from __future__ import annotations

import uuid

from django.db import transaction
from django_tasks import task

from checkout.order.letters import write_the_way_back
from checkout.order.limits import LETTERS_OF_LOOK_UP
from checkout.order.models import Order
from checkout.order.selectors import id_of_number
from shop.accounts.statuses import LinkClient
from shop.core import limits

NONE = 0


def look_up_order(*, number: str, email: str, client: str = LinkClient.PAGES) -> None:
    """Have the way back to an order sent to its e-mail address, if number and address fit. The same work and answer
    either way: one row read, one task written; the letter is written by the task.

    `client`: whether a guest's link opens the rendered page or the React client.
    """
    asked = Order.objects.filter(pk=id_of_number(number.strip().lstrip("#")) or NONE, email__iexact=email.strip())
    found = asked.values_list("pk", flat=True).first()
    with transaction.atomic():
        send_the_way_back.enqueue(found or NONE, LinkClient(client).value, uuid.uuid4().hex)


@task(priority=50)
def send_the_way_back(order_id: int, client: str, asking: str) -> None:
    """One letter per asking, and only a few in an hour: whoever knows number and address must not flood a mailbox.
    Nothing for what is no order."""
    if order_id == NONE:
        return
    try:
        limits.count(LETTERS_OF_LOOK_UP, str(order_id))
    except limits.TooMany:
        return
    with transaction.atomic():
        write_the_way_back(order_id, client=client, asking=asking)
