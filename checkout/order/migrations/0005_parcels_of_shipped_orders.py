"""Orders that left before there were parcels: each went in one."""

from __future__ import annotations

from django.db import migrations
from django.db.models import F

LEFT = {"shipped": "shipped", "delivered": "delivered", "refused": "refused", "returned": "delivered"}


def give_parcels(apps, schema_editor) -> None:
    orders = apps.get_model("order", "Order").objects.filter(fulfillment_status__in=LEFT, fulfillments=None)
    for order in orders.order_by("pk").iterator(chunk_size=500):
        _give_parcel(apps, order)


def _give_parcel(apps, order) -> None:
    happened = dict(order.events.order_by("-at").values_list("kind", "at"))
    status, shipped_at = LEFT[order.fulfillment_status], happened.get("shipped", order.placed_at)
    parcel = apps.get_model("order", "Fulfillment").objects.create(
        order=order, number=1, courier="manual", status=status, shipped_at=shipped_at,
        delivered_at=happened.get("delivered", shipped_at) if status == "delivered" else None,
    )  # fmt: skip
    line_of = apps.get_model("order", "FulfillmentLine")
    lines = [line_of(fulfillment=parcel, order_line=line, quantity=line.quantity) for line in order.lines.order_by("pk")]
    line_of.objects.bulk_create(lines)
    order.lines.update(shipped=F("quantity"))


class Migration(migrations.Migration):
    dependencies = [("order", "0004_parcels_and_returns")]
    operations = [migrations.RunPython(give_parcels, migrations.RunPython.noop)]
