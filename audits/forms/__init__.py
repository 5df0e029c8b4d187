"""What auditors, owners and the quality office type; import from here."""

from audits.forms.audit import AuditForm, ConclusionForm, MeetingForm
from audits.forms.choices import EmptyForm
from audits.forms.nonconformity import (
    AcceptForm,
    NoteForm,
    PlanForm,
    ReasonForm,
    ReportForm,
    ResultForm,
)
from audits.forms.programme import ProgrammeForm
from audits.forms.sheet import AnswerForm, answer_form

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "AuditForm",
    "ConclusionForm",
    "EmptyForm",
    "MeetingForm",
    "NoteForm",
    "PlanForm",
    "ProgrammeForm",
    "ReasonForm",
    "ReportForm",
    "ResultForm",
    "answer_form",
]
