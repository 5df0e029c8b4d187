"""Give the triggers of 0002 as they are now to a database that took 0002 as it was before."""

from importlib import import_module

from django.db import migrations

append_only = import_module("qms.trail.migrations.0002_append_only")


def renew(apps, schema_editor):
    append_only.allow(apps, schema_editor)
    append_only.forbid(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("trail", "0002_append_only")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
