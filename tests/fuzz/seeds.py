"""What stands in the shop before it is fuzzed: some of everything that has an address."""

from __future__ import annotations

from checkout.payment.models import Payment
from shop.accounts.models import User
from shop.notifications.services.write_to_person import write_to_person
from tests.factories.catalog import make_category
from tests.factories.orders import make_delivered_order, make_order, make_paid_order, make_return
from tests.factories.people import make_address, make_user
from tests.factories.products import make_product, make_two_sizes
from tests.factories.shop import make_shipping

ROW_IDS = 4  # every kind of row has ids from 1 to so many, so that small numbers meet something


def fill() -> User:
    """Categories, products, people, orders in every state, a return, payments and notices. The administrator that it
    gives has the first address and the first notice, so that their fields are looked at."""
    make_shipping()
    boss = make_user("fuzz-boss", role="admin")
    make_address(boss)
    shelves = [make_category(f"Shelf {number}") for number in range(3)]
    for number in range(ROW_IDS):
        make_product(title=f"Jar {number}", category_ids=[shelves[number % 3].pk])
    make_two_sizes(title="Cup", category_ids=[shelves[0].pk])
    people = [make_user(f"person-{number}") for number in range(3)]
    write_to_person(recipient_id=boss.pk, channel="in_app", subject="Hello", message="Your kiln is hot.")
    for user in people:
        make_address(user)
        make_order(user=user)
    make_paid_order(user=people[0])
    make_delivered_order(user=people[1])
    make_return(user=people[2])
    assert Payment.objects.exists()
    for user in people:
        write_to_person(recipient_id=user.pk, channel="in_app", subject="Hello", message="Your pots are fired.")
    return boss
