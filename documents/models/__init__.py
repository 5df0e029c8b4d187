"""Public face of the models: import from here, never from the submodules."""

from documents.models.change_request import (
    ChangeRequest,
    ChangeRequestLine,
    ChangeRequestQuerySet,
    Wish,
)
from documents.models.checkout import Checkout, CheckoutOutcome, CheckoutQuerySet
from documents.models.comment import Comment, CommentQuerySet, SeenChange
from documents.models.control import ControlSettings
from documents.models.decision import Capacity, Decision, Duty, Method, Verdict
from documents.models.delegation import Delegation, DelegationQuerySet
from documents.models.document import Document, DocumentKind, DocumentQuerySet
from documents.models.ending import FormerCode, Withdrawal
from documents.models.grants import DocumentGroupGrant, DocumentUserGrant
from documents.models.late_upload import LateUpload, LateUploadQuerySet
from documents.models.periodic_review import PeriodicReview, ReviewVerdict
from documents.models.route import Route, RouteQuerySet, RouteSeat, RouteStep, Rule
from documents.models.run import Outcome, Run, RunStep, RunStepQuerySet, Seat
from documents.models.section import AmendmentLine, Section, Signatory, VersionAsset
from documents.models.version import Version, VersionQuerySet

__all__ = [
    "AmendmentLine",
    "Capacity",
    "ChangeRequest",
    "ChangeRequestLine",
    "ChangeRequestQuerySet",
    "Checkout",
    "CheckoutOutcome",
    "CheckoutQuerySet",
    "Comment",
    "CommentQuerySet",
    "ControlSettings",
    "Decision",
    "Delegation",
    "DelegationQuerySet",
    "Document",
    "DocumentGroupGrant",
    "DocumentKind",
    "DocumentQuerySet",
    "DocumentUserGrant",
    "Duty",
    "FormerCode",
    "LateUpload",
    "LateUploadQuerySet",
    "Method",
    "Outcome",
    "PeriodicReview",
    "ReviewVerdict",
    "Route",
    "RouteQuerySet",
    "RouteSeat",
    "RouteStep",
    "Rule",
    "Run",
    "RunStep",
    "RunStepQuerySet",
    "Seat",
    "Section",
    "SeenChange",
    "Signatory",
    "Verdict",
    "Version",
    "VersionAsset",
    "VersionQuerySet",
    "Wish",
    "Withdrawal",
]
