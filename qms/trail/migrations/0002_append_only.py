"""The database itself refuses to change or delete an event, on SQLite and on PostgreSQL.

Also by the ways that pass an ordinary UPDATE or DELETE trigger by: TRUNCATE on PostgreSQL,
INSERT OR REPLACE on SQLite, where the row that makes room is deleted without a word.
"""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION trail_event_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'The trail is append-only.' USING ERRCODE = 'integrity_constraint_violation'; END
$$ LANGUAGE plpgsql;
CREATE TRIGGER trail_event_append_only BEFORE UPDATE OR DELETE ON trail_event
FOR EACH ROW EXECUTE FUNCTION trail_event_append_only();
CREATE TRIGGER trail_event_no_truncate BEFORE TRUNCATE ON trail_event
FOR EACH STATEMENT EXECUTE FUNCTION trail_event_append_only();
"""
TAKEN = (
    "EXISTS (SELECT 1 FROM trail_event WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM trail_event "
    "WHERE agency_id = NEW.agency_id AND sequence = NEW.sequence)"
)


def forbid(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for verb, when in (("UPDATE", ""), ("DELETE", ""), ("INSERT", f"WHEN {TAKEN} ")):
        name = "replace" if when else verb.lower()
        schema_editor.execute(
            f"CREATE TRIGGER trail_event_no_{name} BEFORE {verb} ON trail_event {when}"
            "BEGIN SELECT RAISE(ABORT, 'The trail is append-only.'); END"
        )


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS trail_event_no_truncate ON trail_event")
        schema_editor.execute("DROP TRIGGER IF EXISTS trail_event_append_only ON trail_event")
        schema_editor.execute("DROP FUNCTION IF EXISTS trail_event_append_only()")
        return
    for name in ("update", "delete", "replace"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS trail_event_no_{name}")


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]

    operations = [migrations.RunPython(forbid, allow)]
