"""Public face of the models: import from here, never from the submodules."""

from documents.models.batch import Batch, BatchFile, BatchQuerySet, FileState
from documents.models.capacity import FOR_THE_HEAD, Capacity
from documents.models.change_request import (
    ChangeRequest,
    ChangeRequestLine,
    ChangeRequestQuerySet,
    Wish,
)
from documents.models.checkout import Checkout, CheckoutOutcome, CheckoutQuerySet
from documents.models.comment import Comment, CommentQuerySet, SeenChange
from documents.models.control import ControlSettings
from documents.models.controlled_copy import ControlledCopy, ControlledCopyQuerySet
from documents.models.copy import CopyClass, IssuedCopy, IssuedCopyQuerySet
from documents.models.decision import Decision, Duty, Method, Verdict
from documents.models.delegation import Delegation, DelegationQuerySet
from documents.models.disposal import Disposal, DisposalLine
from documents.models.distribution import Dissemination, Distribution, DistributionLine
from documents.models.document import PROCEDURES, Document, DocumentKind, DocumentQuerySet
from documents.models.doubt import Doubt, DoubtField
from documents.models.ending import FormerCode, Withdrawal
from documents.models.external_document import (
    CheckVerdict,
    ExternalCheck,
    ExternalDocument,
    ExternalDocumentQuerySet,
    ExternalGroup,
    ExternalState,
)
from documents.models.grants import DocumentGroupGrant, DocumentUserGrant
from documents.models.late_upload import LateUpload, LateUploadQuerySet
from documents.models.periodic_review import PeriodicReview, ReviewVerdict
from documents.models.procedure import Level, Online, ProcedureDetails, ProcedureStep, TimeUnit
from documents.models.promulgation import (
    PromulgatedVersion,
    Promulgation,
    PromulgationQuerySet,
)
from documents.models.reading import Reading, ReadingMethod, ReadingQuerySet
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
from documents.models.version import Counting, Version, VersionQuerySet

__all__ = [
    "FOR_THE_HEAD",
    "PROCEDURES",
    "WARN_DAYS",
    "AmendmentLine",
    "Batch",
    "BatchFile",
    "BatchQuerySet",
    "Capacity",
    "ChangeRequest",
    "ChangeRequestLine",
    "ChangeRequestQuerySet",
    "CheckVerdict",
    "Checkout",
    "CheckoutOutcome",
    "CheckoutQuerySet",
    "Comment",
    "CommentQuerySet",
    "ControlSettings",
    "ControlledCopy",
    "ControlledCopyQuerySet",
    "CopyClass",
    "Counting",
    "Decision",
    "Delegation",
    "DelegationQuerySet",
    "Disposal",
    "DisposalLine",
    "Dissemination",
    "Distribution",
    "DistributionLine",
    "Document",
    "DocumentGroupGrant",
    "DocumentKind",
    "DocumentQuerySet",
    "DocumentUserGrant",
    "Doubt",
    "DoubtField",
    "Duty",
    "ExternalCheck",
    "ExternalDocument",
    "ExternalDocumentQuerySet",
    "ExternalGroup",
    "ExternalState",
    "FileState",
    "FormerCode",
    "IssuedCopy",
    "IssuedCopyQuerySet",
    "LateUpload",
    "LateUploadQuerySet",
    "LegalHold",
    "Level",
    "Method",
    "Online",
    "Outcome",
    "PeriodicReview",
    "ProcedureDetails",
    "ProcedureStep",
    "PromulgatedVersion",
    "Promulgation",
    "PromulgationQuerySet",
    "Reading",
    "ReadingMethod",
    "ReadingQuerySet",
    "RecordFile",
    "RecordFileQuerySet",
    "RecordSeries",
    "RecordSeriesQuerySet",
    "Reference",
    "ReferenceQuerySet",
    "RegisterName",
    "ReviewVerdict",
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
    "TimeUnit",
    "Verdict",
    "Version",
    "VersionAsset",
    "VersionQuerySet",
    "Wish",
    "Withdrawal",
]
