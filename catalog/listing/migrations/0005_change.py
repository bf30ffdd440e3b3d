"""When something of the catalogue last changed for whoever reads lists, or went: triggers on the read model write it,
so that it is told whoever changes a row, by a cascade too. A transaction writes a change once."""

from django.db import migrations, models

# Told by clock_timestamp() under the row's lock: later than every change of it that anybody has seen.
FUNCTION = """
CREATE FUNCTION listing_note_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO listing_change AS known (shelf, thing_id, changed_at, is_gone)
        SELECT x.shelf, x.thing_id, clock_timestamp(), {is_gone}
        FROM (SELECT DISTINCT {things} ORDER BY 1, 2) x
        ON CONFLICT (shelf, thing_id) DO UPDATE SET changed_at = clock_timestamp(), is_gone = excluded.is_gone
        WHERE known.is_gone <> excluded.is_gone OR known.xmin <> pg_current_xact_id()::xid;
    RETURN NULL;
END $$;
"""
FUNCTIONS = {  # the things that changed: shelf and id
    "product": """p.category_id AS shelf, p.core_id AS thing_id FROM listing_placement p
        WHERE p.core_id IN (SELECT core_id FROM changed)""",
    "stock": """n.category_id AS shelf, n.core_id AS thing_id FROM after n JOIN before o USING (id)
        WHERE n.in_stock <> o.in_stock""",
    "removed": """g.category_id AS shelf, g.core_id AS thing_id FROM changed g
        WHERE NOT EXISTS (SELECT FROM listing_placement p
            WHERE p.category_id = g.category_id AND p.core_id = g.core_id)""",
    "shelf": "-1::bigint AS shelf, category_id AS thing_id FROM changed",
    "changed_shelf": """-1::bigint AS shelf, n.category_id AS thing_id FROM after n JOIN before o USING (id)
        WHERE (n.slug, n.name, n.url, n.parent_id, n.image, n.head)
            IS DISTINCT FROM (o.slug, o.name, o.url, o.parent_id, o.image, o.head)""",
    "removed_shelf": """-1::bigint AS shelf, g.category_id AS thing_id FROM changed g
        WHERE NOT EXISTS (SELECT FROM listing_shelf s WHERE s.category_id = g.category_id)""",
}
NOTING = "".join(
    FUNCTION.format(name=name, things=things, is_gone=name.startswith("removed")) for name, things in FUNCTIONS.items()
)
TRIGGERS = [  # table, name, what happens, the rows it sees, function
    ("card", "shown", "INSERT", "NEW TABLE AS changed", "product"),
    ("card", "changed", "UPDATE", "NEW TABLE AS changed", "product"),
    ("detail", "shown", "INSERT", "NEW TABLE AS changed", "product"),
    ("detail", "changed", "UPDATE", "NEW TABLE AS changed", "product"),
    ("placement", "placed", "INSERT", "NEW TABLE AS changed", "product"),
    ("placement", "changed", "UPDATE", "NEW TABLE AS after OLD TABLE AS before", "stock"),
    ("placement", "gone", "DELETE", "OLD TABLE AS changed", "removed"),
    ("shelf", "shown", "INSERT", "NEW TABLE AS changed", "shelf"),
    ("shelf", "changed", "UPDATE", "NEW TABLE AS after OLD TABLE AS before", "changed_shelf"),
    ("shelf", "gone", "DELETE", "OLD TABLE AS changed", "removed_shelf"),
]
CREATE = "\n".join(
    f"CREATE TRIGGER listing_note_{name} AFTER {what} ON listing_{table} REFERENCING {rows}"
    f" FOR EACH STATEMENT EXECUTE FUNCTION listing_note_{function}();"
    for table, name, what, rows, function in TRIGGERS
)
DROP = "\n".join(f"DROP TRIGGER listing_note_{name} ON listing_{table};" for table, name, *_rest in TRIGGERS) + "".join(
    f"DROP FUNCTION listing_note_{name}();" for name in FUNCTIONS
)
KNOWN_SO_FAR = """
INSERT INTO listing_change (shelf, thing_id, changed_at, is_gone)
    SELECT DISTINCT category_id, core_id, now(), false FROM listing_placement
    UNION SELECT DISTINCT -1, category_id, now(), false FROM listing_shelf
"""


class Migration(migrations.Migration):
    dependencies = [("listing", "0004_search_and_counts")]
    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shelf", models.BigIntegerField()),
                ("thing_id", models.BigIntegerField()),
                ("changed_at", models.DateTimeField()),
                ("is_gone", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shelf", "thing_id"), name="change_once")],
                "indexes": [models.Index(fields=["shelf", "changed_at", "thing_id"], name="change_since")],
            },
        ),
        migrations.RunSQL(NOTING, ""),
        migrations.RunSQL(CREATE, DROP),
        migrations.RunSQL(KNOWN_SO_FAR, ""),
    ]
