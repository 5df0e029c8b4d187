"""Public face of the models: import from here, never from the submodules."""

from documents.models.batch import Batch, BatchFile, BatchQuerySet, FileState
from documents.models.control import ControlSettings
from documents.models.decision import Decision, Duty, Verdict
from documents.models.document import Document, DocumentKind, DocumentQuerySet
from documents.models.doubt import Doubt, DoubtField
from documents.models.grants import DocumentGroupGrant, DocumentUserGrant
from documents.models.section import AmendmentLine, Section, Signatory, VersionAsset
from documents.models.version import Version, VersionQuerySet

__all__ = [
    "AmendmentLine",
    "Batch",
    "BatchFile",
    "BatchQuerySet",
    "ControlSettings",
    "Decision",
    "Document",
    "DocumentGroupGrant",
    "DocumentKind",
    "DocumentQuerySet",
    "DocumentUserGrant",
    "Doubt",
    "DoubtField",
    "Duty",
    "FileState",
    "Section",
    "Signatory",
    "Verdict",
    "Version",
    "VersionAsset",
    "VersionQuerySet",
]
