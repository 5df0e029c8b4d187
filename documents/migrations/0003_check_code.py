"""A code for every version, by which whoever holds a copy asks whether it is in force.

SQLite makes the table anew for such a change and loses its triggers with the old one, so the
triggers of 0002 rest meanwhile and are made again at the end.
"""

from importlib import import_module

from django.db import migrations, models

import documents.models.version

sealed = import_module("documents.migrations.0002_sealed")


def give_codes(apps, schema_editor):
    versions = apps.get_model("documents", "Version")
    for pk in versions.objects.values_list("pk", flat=True):
        code = documents.models.version.new_check_code()
        versions.objects.filter(pk=pk).update(check_code=code)


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_sealed")]

    operations = [
        migrations.RunPython(sealed.allow, sealed.forbid),
        migrations.AddField(
            "version",
            "check_code",
            models.CharField(max_length=9, null=True, editable=False),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField(
            "version",
            "check_code",
            models.CharField(
                max_length=9, unique=True, editable=False,
                default=documents.models.version.new_check_code,
            ),
        ),
        migrations.RunPython(sealed.forbid, sealed.allow),
    ]
