"""Versions that were on their way already get a run, with who was named for review and approval."""

from django.db import migrations

DUTIES = ((1, "reviewer"), (2, "approver"))


def give_runs(apps, schema_editor):
    version_of = apps.get_model("documents", "Version")
    run_of, step_of, seat_of = (
        apps.get_model("documents", name) for name in ("Run", "RunStep", "Seat")
    )
    for version in version_of.objects.filter(state__in=["in_review", "in_approval"]):
        run = run_of.objects.create(version=version, round=version.round)
        now = 1 if version.state == "in_review" else 2
        for order, duty in DUTIES:
            state = "open" if order == now else "done" if order < now else "waiting"
            step = step_of.objects.create(
                run=run, order=order, duty=duty, rule="any", state=state,
                due_on=version.due_on if order == now else None,
            )
            person = getattr(version, f"{duty}_id")
            seat_of.objects.create(step=step, person_id=person, role="" if person else duty)


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_routes")]

    operations = [migrations.RunPython(give_runs, migrations.RunPython.noop)]
