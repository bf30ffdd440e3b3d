"""When an order last changed for whoever reads it: triggers write it, so that it is told whoever changes a row. A
transaction that has written the order already does not write it again for what hangs on it.

Payments are not among them: what an order says of its payment stands on the order itself, and a payment is locked after
its order, never before it (docs/locking.md).
"""

import django.utils.timezone
from django.db import migrations, models

# Told by clock_timestamp() under the row's lock: later than every change of it that anybody has seen.
OF_ORDER = """
CREATE FUNCTION order_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER order_note_change BEFORE INSERT OR UPDATE ON order_order
    FOR EACH ROW EXECUTE FUNCTION order_note_change();
"""
FUNCTION = """
CREATE FUNCTION order_note_change_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE order_order SET updated_at = clock_timestamp() WHERE id IN (
        SELECT o.id FROM order_order o WHERE o.id IN (SELECT {order} FROM {rows})
            AND o.xmin <> pg_current_xact_id()::xid ORDER BY o.id FOR NO KEY UPDATE);
    RETURN NULL;
END $$;
"""
FUNCTIONS = {  # whose order: the rows that changed, and where its id stands
    "of": ("order_id", "changed"),
    "of_parcel": ("f.order_id", "changed c JOIN order_fulfillment f ON f.id = c.fulfillment_id"),
    "of_return": ("r.order_id", "changed c JOIN order_return r ON r.id = c.return_of_id"),
}
TABLES = {"orderline": "of", "orderevent": "of", "fulfillment": "of", "fulfillmentline": "of_parcel",
          "trackingevent": "of_parcel", "return": "of", "returnline": "of_return"}  # fmt: skip
HAPPENINGS = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
CREATE = "".join(
    f"CREATE TRIGGER order_note_change_{what.lower()} AFTER {what} ON order_{table} REFERENCING {rows} TABLE AS changed"
    f" FOR EACH STATEMENT EXECUTE FUNCTION order_note_change_{function}();"
    for table, function in TABLES.items()
    for what, rows in HAPPENINGS.items()
)
DROP = "".join(
    f"DROP TRIGGER order_note_change_{what.lower()} ON order_{table};" for table in TABLES for what in HAPPENINGS
)
DROP_FUNCTIONS = "".join(f"DROP FUNCTION order_note_change_{name}();" for name in FUNCTIONS)


class Migration(migrations.Migration):
    dependencies = [("order", "0010_lines_of_sellers")]
    operations = [
        migrations.AddField(
            model_name="order",
            name="updated_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["updated_at", "id"], name="order_changed_since"),
        ),
        migrations.RunSQL(
            OF_ORDER, "DROP TRIGGER order_note_change ON order_order; DROP FUNCTION order_note_change();"
        ),
        migrations.RunSQL(
            "".join(FUNCTION.format(name=name, order=order, rows=rows) for name, (order, rows) in FUNCTIONS.items()),
            DROP_FUNCTIONS,
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
