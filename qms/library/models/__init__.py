"""Public face of the models: import from here, never from the submodules."""

from qms.library.models.adoption import Adoption, AdoptionQuerySet
from qms.library.models.download import Download
from qms.library.models.template import Template, TemplateQuerySet

__all__ = ["Adoption", "AdoptionQuerySet", "Download", "Template", "TemplateQuerySet"]
