"""Public face of the models: import from here, never from the submodules."""

from documents.models.control import ControlSettings
from documents.models.decision import Decision, Duty, Verdict
from documents.models.document import Document, DocumentKind, DocumentQuerySet
from documents.models.grants import DocumentGroupGrant, DocumentUserGrant
from documents.models.section import AmendmentLine, Section, Signatory, VersionAsset
from documents.models.version import Version, VersionQuerySet

__all__ = [
    "AmendmentLine",
    "ControlSettings",
    "Decision",
    "Document",
    "DocumentGroupGrant",
    "DocumentKind",
    "DocumentQuerySet",
    "DocumentUserGrant",
    "Duty",
    "Section",
    "Signatory",
    "Verdict",
    "Version",
    "VersionAsset",
    "VersionQuerySet",
]
