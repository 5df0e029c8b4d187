"""Public face of the models: import from here, never from the submodules."""

from qms.library.models.adoption import Adoption, AdoptionQuerySet
from qms.library.models.download import Download
from qms.library.models.slot import Slot, SlotValue
from qms.library.models.template import Paper, Template, TemplateQuerySet
from qms.library.models.template_set import TemplateSet
from qms.library.models.waiver import Waiver

__all__ = [
    "Adoption", "AdoptionQuerySet", "Download", "Paper", "Slot", "SlotValue", "Template",
    "TemplateQuerySet", "TemplateSet", "Waiver",
]  # fmt: skip
