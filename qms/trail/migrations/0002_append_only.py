"""The database itself refuses to change or delete an event, on SQLite and on PostgreSQL."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION trail_event_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'The trail is append-only.' USING ERRCODE = 'integrity_constraint_violation'; END
$$ LANGUAGE plpgsql;
CREATE TRIGGER trail_event_append_only BEFORE UPDATE OR DELETE ON trail_event
FOR EACH ROW EXECUTE FUNCTION trail_event_append_only();
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


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER trail_event_append_only ON trail_event")
        schema_editor.execute("DROP FUNCTION trail_event_append_only()")
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER trail_event_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]

    operations = [migrations.RunPython(forbid, allow)]
