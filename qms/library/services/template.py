"""How templates come into the library: written by an editor, or shipped with the system."""

from django.db import transaction
from django.utils.translation import gettext as _

from documents.lifecycles import VersionState
from documents.models import DocumentKind, Signatory, Version
from documents.services import content as contents
from documents.services import draft as drafts
from documents.services import version as versions
from qms.agencies.models import Agency, User
from qms.kernel.content import Content
from qms.kernel.refusals import Unacceptable
from qms.library.models import Template
from qms.library.permissions import oversight_body, require_editor
from qms.library.source import Source
from qms.standards.models import Clause, StandardEdition
from qms.trail.services import record


@transaction.atomic
def create(
    *, by: User, code: str, title: str, target_kind: str, summary: str, audience: list[str]
) -> Version:
    """A new template with an empty first draft; its text then comes by Word, its approval by
    the ordinary way of documents. Refuses people who do not edit the library."""
    require_editor(by)
    document = drafts.new_document(_body(), kind=DocumentKind.GUIDANCE, code=code, title=title)
    if not document.code_settled:
        raise Unacceptable(drafts.taken_sentence(document.agency, code))
    template = Template.objects.create(
        document=document, target_kind=target_kind, summary=summary, audience=audience
    )
    version = drafts.new_version(document, by=by)
    record(by, "template.created", template, agency=document.agency, code=code)
    return version


def load(source: Source, *, by: User) -> Version | None:
    """Bring one shipped text in as a draft version; None when there is nothing to bring.

    Only a new template, or a higher issue of one whose every version came from the shipped
    texts, is loaded: what an editor changed is never overwritten.
    """
    require_editor(by)
    body = _body()
    template = Template.objects.filter(document__agency=body, document__code=source.code).first()
    with transaction.atomic():
        if template is None:
            template = _new(source, body)
        elif not _may_follow(template, source):
            return None
        version = drafts.new_version(template.document, by=by, issue_no=source.issue_no)
        contents.write(version, _content(source, body))
        _link_clauses(template, version, source)
        record(
            by, "template.loaded", template, agency=body, version=version.pk, issue=source.issue_no
        )
    return version


def publish_shipped(version: Version, *, by: User, signatories: list[Signatory]) -> None:
    """Put a shipped text in force as approved by the province outside the system."""
    for one in signatories:
        one.version = version
        one.save()
    versions.register(version, by=by)


def _new(source: Source, body: Agency) -> Template:
    document = drafts.new_document(
        body, kind=DocumentKind.GUIDANCE, code=source.code, title=source.title
    )
    if not document.code_settled:
        raise Unacceptable(drafts.taken_sentence(body, source.code))
    return Template.objects.create(
        document=document,
        target_kind=source.kind,
        summary=source.summary,
        audience=list(source.audience),
        legal_basis=list(source.legal_basis),
    )


def _may_follow(template: Template, source: Source) -> bool:
    """Nothing in flight, nothing edited by hand, and a higher issue than any before."""
    before = template.document.versions.exclude(state=VersionState.DISCARDED)
    edited = before.filter(source_file__isnull=False) | before.filter(amendment_no__gt=0)
    newer = all(source.issue_no > issue for issue in before.values_list("issue_no", flat=True))
    return newer and not edited.exists() and not before.in_flight().exists()


def _link_clauses(template: Template, version: Version, source: Source) -> None:
    clauses = Clause.objects.filter(edition=StandardEdition.default(), number__in=source.clauses)
    template.clauses.set(clauses)
    main = version.sections.filter(number="5").first() or version.sections.first()
    if main is not None:
        main.clauses.set(clauses)


def _content(source: Source, body: Agency) -> Content:
    return Content(
        agency_name=body.name, parent_name="", standard="TCVN ISO 9001:2015", kind_label="",
        code=source.code, title=source.title, issue_no=source.issue_no, amendment_no=0,
        issued_on=None, effective_on=None, signatories=(), amendments=source.amendments,
        sections=source.sections,
    )  # fmt: skip


def _body() -> Agency:
    body = oversight_body()
    if body is None:
        raise Unacceptable(_("Chưa khai báo tỉnh và cơ quan chủ trì nên chưa có thư viện."))
    return body
