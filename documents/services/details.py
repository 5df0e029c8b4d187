"""Procedure details between their rows and what a content says; used by `services.content`."""

from documents.models import DocumentKind, ProcedureDetails, ProcedureStep, Version
from qms.kernel.content import Procedure, Step
from qms.kernel.text import nfc, one_line

# Procedures of formalities, and templates that become one.
STEPPED = (DocumentKind.TTHC_PROCEDURE, DocumentKind.GUIDANCE)


def details_of(version: Version) -> Procedure | None:
    """What the rows say; None for other kinds, and where nobody filled anything in."""
    if version.document.kind not in STEPPED:
        return None
    details = ProcedureDetails.objects.filter(version=version).first()
    if details is None:
        return None
    return Procedure(
        national_code=details.national_code,
        field=details.field,
        level=details.level,
        online=details.online,
        act_number=details.act_number,
        act_on=details.act_on,
        minutes=details.minutes,
        unit=details.unit,
        steps=tuple(
            Step(s.name, s.responsible, s.minutes, s.unit, s.result) for s in version.steps.all()
        ),
    )


def write(version: Version, said: Procedure) -> None:
    """Make the rows say it; what they said before is replaced."""
    ProcedureDetails.objects.update_or_create(
        version=version,
        defaults={
            "national_code": said.national_code, "field": one_line(said.field),
            "level": said.level, "online": said.online, "act_number": one_line(said.act_number),
            "act_on": said.act_on, "minutes": said.minutes, "unit": said.unit,
        },
    )  # fmt: skip
    version.steps.all().delete()
    ProcedureStep.objects.bulk_create(
        ProcedureStep(
            version=version, order=n, name=nfc(step.name).strip(),
            responsible=one_line(step.responsible)[:300], minutes=step.minutes, unit=step.unit,
            result=nfc(step.result).strip(),
        )
        for n, step in enumerate(said.steps, 1)
    )  # fmt: skip
