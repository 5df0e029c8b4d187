"""Public face of the models: import from here, never from the submodules."""

from documents.models.control import ControlSettings
from documents.models.controlled_copy import ControlledCopy, ControlledCopyQuerySet
from documents.models.decision import Decision, Duty, Verdict
from documents.models.distribution import Dissemination, Distribution, DistributionLine
from documents.models.document import Document, DocumentKind, DocumentQuerySet
from documents.models.grants import DocumentGroupGrant, DocumentUserGrant
from documents.models.reading import Method, Reading, ReadingQuerySet
from documents.models.section import AmendmentLine, Section, Signatory, VersionAsset
from documents.models.version import Version, VersionQuerySet

__all__ = [
    "AmendmentLine",
    "ControlSettings",
    "ControlledCopy",
    "ControlledCopyQuerySet",
    "Decision",
    "Dissemination",
    "Distribution",
    "DistributionLine",
    "Document",
    "DocumentGroupGrant",
    "DocumentKind",
    "DocumentQuerySet",
    "DocumentUserGrant",
    "Duty",
    "Method",
    "Reading",
    "ReadingQuerySet",
    "Section",
    "Signatory",
    "Verdict",
    "Version",
    "VersionAsset",
    "VersionQuerySet",
]
