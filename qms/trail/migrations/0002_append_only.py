"""The database itself refuses to change or delete an event, on SQLite and on PostgreSQL."""

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
# SQLite's INSERT OR REPLACE deletes the row in the way without asking its triggers.
REPLACING = """
CREATE TRIGGER trail_event_no_replace BEFORE INSERT ON trail_event
WHEN EXISTS (SELECT 1 FROM trail_event
             WHERE id = NEW.id OR (agency_id = NEW.agency_id AND sequence = NEW.sequence))
BEGIN SELECT RAISE(ABORT, 'The trail is append-only.'); END
"""


def forbid(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER trail_event_no_{verb.lower()} BEFORE {verb} ON trail_event "
            "BEGIN SELECT RAISE(ABORT, 'The trail is append-only.'); END"
        )
    schema_editor.execute(REPLACING)


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER trail_event_no_truncate ON trail_event")
        schema_editor.execute("DROP TRIGGER trail_event_append_only ON trail_event")
        schema_editor.execute("DROP FUNCTION trail_event_append_only()")
        return
    for verb in ("update", "delete", "replace"):
        schema_editor.execute(f"DROP TRIGGER trail_event_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]

    operations = [migrations.RunPython(forbid, allow)]
