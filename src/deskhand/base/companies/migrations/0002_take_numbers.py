from django.db import migrations

#: Numbers without a lock: a sequence for each company and purpose, made when the first number is asked for. Whoever
#: asks first makes the others wait for it until their transaction ends, once for each company.
TAKE_NUMBERS = """
CREATE OR REPLACE FUNCTION companies_take_numbers(company bigint, purpose text, count integer) RETURNS SETOF bigint AS $$
DECLARE
    sequence text := format('companies_numbers_%s_%s', company, purpose);
BEGIN
    IF to_regclass(quote_ident(sequence)) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext(sequence));
        EXECUTE format(
            'CREATE SEQUENCE IF NOT EXISTS %I START %s',
            sequence,
            coalesce((SELECT value FROM companies_counter c WHERE c.company_id = company AND c.purpose = $2), 0) + 1
        );
    END IF;
    RETURN QUERY EXECUTE format('SELECT nextval(%L) FROM generate_series(1, %s)', quote_ident(sequence), count);
END
$$ LANGUAGE plpgsql
"""


def take_numbers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TAKE_NUMBERS, params=None)


def forget(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION companies_take_numbers(bigint, text, integer)")


class Migration(migrations.Migration):
    dependencies = [("companies", "0001_initial")]

    operations = [migrations.RunPython(take_numbers, forget)]
