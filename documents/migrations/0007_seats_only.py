"""Who is asked stands in the seats of a run; the two columns of the version go."""

from importlib import import_module

from django.db import migrations

sealed = import_module("documents.migrations.0002_sealed")


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_running")]

    operations = [
        migrations.RunPython(sealed.allow, sealed.forbid),
        migrations.RemoveField("version", "reviewer"),
        migrations.RemoveField("version", "approver"),
        migrations.RunPython(sealed.forbid, sealed.allow),
    ]
