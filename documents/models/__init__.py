"""Public face of the models: import from here, never from the submodules."""

from documents.models.control import ControlSettings
from documents.models.copy import CopyClass, IssuedCopy, IssuedCopyQuerySet
from documents.models.decision import Decision, Duty, Verdict
from documents.models.document import Document, DocumentKind, DocumentQuerySet
from documents.models.grants import DocumentGroupGrant, DocumentUserGrant
from documents.models.promulgation import (
    PromulgatedVersion,
    Promulgation,
    PromulgationQuerySet,
    SigningCapacity,
)
from documents.models.section import AmendmentLine, Section, Signatory, VersionAsset
from documents.models.version import Version, VersionQuerySet

__all__ = [
    "AmendmentLine",
    "ControlSettings",
    "CopyClass",
    "Decision",
    "Document",
    "DocumentGroupGrant",
    "DocumentKind",
    "DocumentQuerySet",
    "DocumentUserGrant",
    "Duty",
    "IssuedCopy",
    "IssuedCopyQuerySet",
    "PromulgatedVersion",
    "Promulgation",
    "PromulgationQuerySet",
    "Section",
    "Signatory",
    "SigningCapacity",
    "Verdict",
    "Version",
    "VersionAsset",
    "VersionQuerySet",
]
