"""Public face of the models: import from here, never from the submodules."""

from documents.models.comment import Comment, CommentQuerySet, SeenChange
from documents.models.control import ControlSettings
from documents.models.decision import Capacity, Decision, Duty, Method, Verdict
from documents.models.delegation import Delegation, DelegationQuerySet
from documents.models.disposal import Disposal, DisposalLine
from documents.models.document import Document, DocumentKind, DocumentQuerySet
from documents.models.external_document import (
    CheckVerdict,
    ExternalCheck,
    ExternalDocument,
    ExternalDocumentQuerySet,
    ExternalGroup,
    ExternalState,
)
from documents.models.grants import DocumentGroupGrant, DocumentUserGrant
from documents.models.record import (
    WARN_DAYS,
    LegalHold,
    RecordFile,
    RecordFileQuerySet,
    RecordSeries,
    RecordSeriesQuerySet,
)
from documents.models.reference import Reference, ReferenceQuerySet
from documents.models.route import Route, RouteQuerySet, RouteSeat, RouteStep, Rule
from documents.models.run import Outcome, Run, RunStep, RunStepQuerySet, Seat
from documents.models.saved_view import RegisterName, SavedView
from documents.models.section import AmendmentLine, Section, Signatory, VersionAsset
from documents.models.version import Version, VersionQuerySet

__all__ = [
    "WARN_DAYS",
    "AmendmentLine",
    "Capacity",
    "CheckVerdict",
    "Comment",
    "CommentQuerySet",
    "ControlSettings",
    "Decision",
    "Delegation",
    "DelegationQuerySet",
    "Disposal",
    "DisposalLine",
    "Document",
    "DocumentGroupGrant",
    "DocumentKind",
    "DocumentQuerySet",
    "DocumentUserGrant",
    "Duty",
    "ExternalCheck",
    "ExternalDocument",
    "ExternalDocumentQuerySet",
    "ExternalGroup",
    "ExternalState",
    "LegalHold",
    "Method",
    "Outcome",
    "RecordFile",
    "RecordFileQuerySet",
    "RecordSeries",
    "RecordSeriesQuerySet",
    "Reference",
    "ReferenceQuerySet",
    "RegisterName",
    "Route",
    "RouteQuerySet",
    "RouteSeat",
    "RouteStep",
    "Rule",
    "Run",
    "RunStep",
    "RunStepQuerySet",
    "SavedView",
    "Seat",
    "Section",
    "SeenChange",
    "Signatory",
    "Verdict",
    "Version",
    "VersionAsset",
    "VersionQuerySet",
]
