"""Disabling an account, or taking a role from it, ends its sessions and tokens at once, whoever does it and how."""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION accounts_end_sessions_of_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An old copy of the row, saved whole, must not bring an old number back.
    NEW.session_generation := GREATEST(NEW.session_generation, OLD.session_generation);
    IF (OLD.is_active AND NOT NEW.is_active) OR (OLD.is_superuser AND NOT NEW.is_superuser)
       OR (OLD.is_staff AND NOT NEW.is_staff) THEN
        NEW.session_generation := OLD.session_generation + 1;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_user_end_sessions BEFORE UPDATE ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION accounts_end_sessions_of_user();

CREATE FUNCTION accounts_end_sessions_of_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE accounts_user SET session_generation = session_generation + 1 WHERE id = OLD.user_id;
    RETURN OLD;
END $$;
CREATE TRIGGER accounts_user_groups_end_sessions AFTER DELETE ON accounts_user_groups
    FOR EACH ROW EXECUTE FUNCTION accounts_end_sessions_of_member();
"""
NO_GUARD = """
DROP TRIGGER accounts_user_groups_end_sessions ON accounts_user_groups;
DROP FUNCTION accounts_end_sessions_of_member();
DROP TRIGGER accounts_user_end_sessions ON accounts_user;
DROP FUNCTION accounts_end_sessions_of_user();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.AddField("user", "session_generation", models.PositiveIntegerField(default=0, editable=False)),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
