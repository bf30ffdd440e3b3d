"""What moved before the ledger is written into it once; from then on it is append-only, whoever writes."""

from django.db import migrations

WRITE_THE_PAST = """
INSERT INTO payment_ledgerentry (payment_id, kind, amount, currency, at, provider_reference)
SELECT id, 'captured', captured_amount, currency, COALESCE(paid_at, created_at),
       CASE WHEN provider = 'cod' THEN 'cash' ELSE COALESCE(provider_payment_id, receipt) END
FROM payment_payment WHERE captured_amount > 0
UNION ALL
SELECT id, 'authorized', amount, currency, created_at, COALESCE(provider_payment_id, receipt)
FROM payment_payment WHERE status = 'authorized'
UNION ALL
SELECT refund.payment_id, 'refunded', -refund.amount, payment.currency, refund.created_at, refund.idempotency_key
FROM payment_refund refund JOIN payment_payment payment ON payment.id = refund.payment_id
WHERE refund.status <> 'failed'
ON CONFLICT DO NOTHING;
"""
FORBID = """
CREATE FUNCTION payment_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER payment_ledger_append_only BEFORE UPDATE OR DELETE ON payment_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION payment_refuse_change();
"""
ALLOW = "DROP TRIGGER payment_ledger_append_only ON payment_ledgerentry; DROP FUNCTION payment_refuse_change();"


class Migration(migrations.Migration):
    dependencies = [("payment", "0003_ledger_and_disputes")]
    operations = [
        migrations.RunSQL(WRITE_THE_PAST, migrations.RunSQL.noop),
        migrations.RunSQL(FORBID, ALLOW),
    ]
