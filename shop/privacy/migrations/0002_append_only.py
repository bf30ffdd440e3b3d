from django.db import migrations

FORBID = """
CREATE FUNCTION refuse_changed_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a consent is never changed: the newest one holds' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER consent_append_only BEFORE UPDATE ON privacy_consent
    FOR EACH ROW EXECUTE FUNCTION refuse_changed_consent();
"""
ALLOW = """
DROP TRIGGER consent_append_only ON privacy_consent;
DROP FUNCTION refuse_changed_consent();
"""


class Migration(migrations.Migration):
    """A consent is proof: what was said stays as it was said. Rows go with the person (erasure) or with age."""

    dependencies = [("privacy", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
