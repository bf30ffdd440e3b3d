"""PostgreSQL's own means: a text search configuration per language, and the counting of shelves by trigger."""

from django.db import migrations

CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION {name} (COPY = {base});
ALTER TEXT SEARCH CONFIGURATION {name} ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {dictionary};
"""
CONFIGURATIONS = [
    ("shop_en", "english", "english_stem"),
    ("shop_hi", "hindi", "hindi_stem"),
    ("shop_simple", "simple", "simple"),
]

COUNTING = """
CREATE FUNCTION listing_count_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO listing_shelfcount (category_id, currency, n)
        SELECT category_id, currency, count(*) FROM changed GROUP BY 1, 2;
    RETURN NULL;
END $$;
CREATE FUNCTION listing_count_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO listing_shelfcount (category_id, currency, n)
        SELECT category_id, currency, -count(*) FROM changed GROUP BY 1, 2;
    RETURN NULL;
END $$;
CREATE FUNCTION listing_count_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM listing_shelfcount;
    RETURN NULL;
END $$;
CREATE TRIGGER listing_placement_added AFTER INSERT ON listing_placement
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION listing_count_added();
CREATE TRIGGER listing_placement_removed AFTER DELETE ON listing_placement
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION listing_count_removed();
CREATE TRIGGER listing_placement_emptied AFTER TRUNCATE ON listing_placement
    FOR EACH STATEMENT EXECUTE FUNCTION listing_count_emptied();
"""
COUNTING_BACK = """
DROP TRIGGER listing_placement_added ON listing_placement;
DROP TRIGGER listing_placement_removed ON listing_placement;
DROP TRIGGER listing_placement_emptied ON listing_placement;
DROP FUNCTION listing_count_added();
DROP FUNCTION listing_count_removed();
DROP FUNCTION listing_count_emptied();
"""

# A card is read as a whole and often: neither compressed nor moved out of its row while it fits a page.
INLINE = """
ALTER TABLE listing_card SET (toast_tuple_target = 8160);
ALTER TABLE listing_card ALTER COLUMN data SET STORAGE MAIN;
"""


class Migration(migrations.Migration):
    dependencies = [("listing", "0003_read_model"), ("core", "0002_extensions")]
    operations = [
        *(
            migrations.RunSQL(
                CONFIGURATION.format(name=name, base=base, dictionary=dictionary),
                f"DROP TEXT SEARCH CONFIGURATION {name}",
            )
            for name, base, dictionary in CONFIGURATIONS
        ),
        migrations.RunSQL(COUNTING, COUNTING_BACK),
        migrations.RunSQL(INLINE, migrations.RunSQL.noop),
    ]
