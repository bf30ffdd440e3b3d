"""The ledger is append-only, a balance is the sum of its entries and moves with them alone, whoever writes."""

from django.db import migrations

FORBID = """
CREATE FUNCTION credit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER credit_ledger_append_only BEFORE UPDATE OR DELETE ON credit_storecreditentry
    FOR EACH ROW EXECUTE FUNCTION credit_refuse_change();

CREATE FUNCTION credit_move_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE credit_creditaccount SET balance = balance + NEW.amount WHERE id = NEW.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER credit_entry_moves_balance AFTER INSERT ON credit_storecreditentry
    FOR EACH ROW EXECUTE FUNCTION credit_move_balance();

CREATE FUNCTION credit_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.balance <> 0 THEN
            RAISE EXCEPTION 'a credit account begins empty' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF (NEW.user_id, NEW.currency) IS DISTINCT FROM (OLD.user_id, OLD.currency)
          OR (NEW.balance <> OLD.balance AND pg_trigger_depth() < 2) THEN
        RAISE EXCEPTION 'a credit balance moves with entries alone' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER credit_account_guarded BEFORE INSERT OR UPDATE ON credit_creditaccount
    FOR EACH ROW EXECUTE FUNCTION credit_guard_account();
"""
ALLOW = """
DROP TRIGGER credit_account_guarded ON credit_creditaccount;
DROP TRIGGER credit_entry_moves_balance ON credit_storecreditentry;
DROP TRIGGER credit_ledger_append_only ON credit_storecreditentry;
DROP FUNCTION credit_guard_account();
DROP FUNCTION credit_move_balance();
DROP FUNCTION credit_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("credit", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
