"""Public face of the models: import from here, never from the submodules."""

from qms.library.models.adoption import Adoption, AdoptionQuerySet
from qms.library.models.download import Download
from qms.library.models.slot import Answer, Slot
from qms.library.models.template import Paper, Template, TemplateQuerySet
from qms.library.models.template_set import TemplateSet
from qms.library.models.update import OPEN, Update, UpdateQuerySet, UpdateState
from qms.library.models.waiver import Waiver

__all__ = [
    "OPEN", "Adoption", "AdoptionQuerySet", "Answer", "Download", "Paper", "Slot", "Template",
    "TemplateQuerySet", "TemplateSet", "Update", "UpdateQuerySet", "UpdateState", "Waiver",
]  # fmt: skip
