"""Public face of the models: import from here, never from the submodules."""

from audits.models.audit import Audit, AuditKind, AuditQuerySet, PlanLine, TeamDuty, TeamMember
from audits.models.checklist import FINDABLE, GRADES, Answer, ChecklistItem, Finding, Grade
from audits.models.nonconformity import (
    Action,
    Nonconformity,
    NonconformityQuerySet,
    Source,
    Verification,
)
from audits.models.programme import Method, Programme, ProgrammeLine, ProgrammeQuerySet

__all__ = [
    "FINDABLE",
    "GRADES",
    "Action",
    "Answer",
    "Audit",
    "AuditKind",
    "AuditQuerySet",
    "ChecklistItem",
    "Finding",
    "Grade",
    "Method",
    "Nonconformity",
    "NonconformityQuerySet",
    "PlanLine",
    "Programme",
    "ProgrammeLine",
    "ProgrammeQuerySet",
    "Source",
    "TeamDuty",
    "TeamMember",
    "Verification",
]
