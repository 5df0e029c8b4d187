"""The database itself keeps what was decided: a sealed version's text, and every decision.

Nothing that belongs to a version in force, approved or ended can be added, changed or removed,
whoever asks, TRUNCATE and INSERT OR REPLACE included; of the version itself, what was decided
about stays. Decisions are append-only.
"""

from django.db import migrations

SEALED = "('approved', 'in_force', 'superseded', 'withdrawn')"
KEPT = ("version", "decision")
PARTS = ("section", "amendmentline", "signatory", "versionasset")
# Parts that came later; guarded from the migration on that makes their table.
LATER = ("proceduredetails", "procedurestep")
DECIDED = ("document_id", "issue_no", "amendment_no", "code", "title", "author_id", "content_hash",
           "sealed_file_id", "source_file_id", "approved_by_id")  # fmt: skip
SAYS = "A sealed version cannot be changed."
FINAL = "A decision is append-only."

POSTGRESQL = f"""
CREATE FUNCTION documents_keep_sealed() RETURNS trigger AS $$
DECLARE touched bigint[];
BEGIN
  touched := ARRAY[]::bigint[];
  IF TG_OP <> 'INSERT' THEN touched := touched || OLD.version_id; END IF;
  IF TG_OP <> 'DELETE' THEN touched := touched || NEW.version_id; END IF;
  IF EXISTS (SELECT 1 FROM documents_version WHERE id = ANY(touched) AND state IN {SEALED}) THEN
    RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE FUNCTION documents_refuse_sealed() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END
$$ LANGUAGE plpgsql;
CREATE FUNCTION documents_refuse_decision() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{FINAL}' USING ERRCODE = 'integrity_constraint_violation'; END
$$ LANGUAGE plpgsql;
CREATE TRIGGER documents_decision_final BEFORE UPDATE OR DELETE ON documents_decision
FOR EACH ROW EXECUTE FUNCTION documents_refuse_decision();
CREATE TRIGGER documents_version_sealed BEFORE UPDATE ON documents_version
FOR EACH ROW WHEN (OLD.state IN {SEALED} AND ({" OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in DECIDED)}))
EXECUTE FUNCTION documents_refuse_sealed();
CREATE TRIGGER documents_version_kept BEFORE DELETE ON documents_version
FOR EACH ROW WHEN (OLD.state IN {SEALED}) EXECUTE FUNCTION documents_refuse_sealed();
CREATE TRIGGER documents_version_begins BEFORE INSERT ON documents_version
FOR EACH ROW WHEN (NEW.state IN {SEALED}) EXECUTE FUNCTION documents_refuse_sealed();
"""


def parts_now(schema_editor):
    there = schema_editor.connection.introspection.table_names()
    return (*PARTS, *(part for part in LATER if f"documents_{part}" in there))


def forbid(apps, schema_editor):
    run, parts = schema_editor.execute, parts_now(schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        run(POSTGRESQL)
        for part in parts:
            run(f"CREATE TRIGGER documents_{part}_sealed BEFORE INSERT OR UPDATE OR DELETE ON "
                f"documents_{part} FOR EACH ROW EXECUTE FUNCTION documents_keep_sealed()")  # fmt: skip
        for table in (*parts, *KEPT):
            run(f"CREATE TRIGGER documents_{table}_whole BEFORE TRUNCATE ON documents_{table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION documents_refuse_sealed()")  # fmt: skip
        return
    for table in (*parts, *KEPT):  # INSERT OR REPLACE deletes without asking the DELETE triggers
        run(f"CREATE TRIGGER documents_{table}_no_replace BEFORE INSERT ON documents_{table} "
            f"WHEN EXISTS (SELECT 1 FROM documents_{table} WHERE id = NEW.id) "
            f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END")  # fmt: skip
    for part in parts:
        for verb, rows in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            run(f"CREATE TRIGGER documents_{part}_sealed_{verb.lower()}_{rows.lower()} BEFORE {verb} ON "
                f"documents_{part} WHEN (SELECT state FROM documents_version WHERE id = {rows}.version_id) "
                f"IN {SEALED} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END")  # fmt: skip
    for verb in ("UPDATE", "DELETE"):
        run(f"CREATE TRIGGER documents_decision_final_{verb.lower()} BEFORE {verb} ON documents_decision "
            f"BEGIN SELECT RAISE(ABORT, '{FINAL}'); END")  # fmt: skip
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in DECIDED)
    run(f"CREATE TRIGGER documents_version_sealed BEFORE UPDATE ON documents_version "
        f"WHEN OLD.state IN {SEALED} AND ({changed}) BEGIN SELECT RAISE(ABORT, '{SAYS}'); END")  # fmt: skip
    run(f"CREATE TRIGGER documents_version_kept BEFORE DELETE ON documents_version "
        f"WHEN OLD.state IN {SEALED} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END")  # fmt: skip
    run(f"CREATE TRIGGER documents_version_begins BEFORE INSERT ON documents_version "
        f"WHEN NEW.state IN {SEALED} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END")  # fmt: skip


def allow(apps, schema_editor):
    run, parts = schema_editor.execute, parts_now(schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        for table in (*parts, *KEPT):
            run(f"DROP TRIGGER documents_{table}_whole ON documents_{table}")
        for part in parts:
            run(f"DROP TRIGGER documents_{part}_sealed ON documents_{part}")
        run("DROP TRIGGER documents_decision_final ON documents_decision")
        run("DROP TRIGGER documents_version_sealed ON documents_version")
        run("DROP TRIGGER documents_version_kept ON documents_version")
        run("DROP TRIGGER documents_version_begins ON documents_version")
        for name in ("keep_sealed", "refuse_sealed", "refuse_decision"):
            run(f"DROP FUNCTION documents_{name}()")
        return
    for table in (*parts, *KEPT):
        run(f"DROP TRIGGER documents_{table}_no_replace")
    for part in parts:
        for end in ("insert_new", "update_old", "update_new", "delete_old"):
            run(f"DROP TRIGGER documents_{part}_sealed_{end}")
    for name in ("decision_final_update", "decision_final_delete", "version_sealed", "version_kept",
                 "version_begins"):
        run(f"DROP TRIGGER documents_{name}")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunPython(forbid, allow)]
