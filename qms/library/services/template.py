"""How templates come into the library: written by an editor, or shipped with the system."""

from dataclasses import asdict

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from documents.lifecycles import VersionState
from documents.models import DocumentKind, Signatory, Version
from documents.services import content as contents
from documents.services import details
from documents.services import draft as drafts
from documents.services import version as versions
from qms.agencies.models import Agency, User
from qms.kernel.content import Content, Procedure
from qms.kernel.durations import Unit
from qms.kernel.refusals import Unacceptable
from qms.library.models import Slot, Template, TemplateSet
from qms.library.permissions import oversight_body, require_editor
from qms.library.source import SetSource, SlotSource, Source
from qms.standards.models import Clause, StandardEdition
from qms.trail.services import record

# The details of a formality before anybody filled them in.
NO_DETAILS = Procedure("", "", "", "", "", None, 0, Unit.DAY, ())


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
    if target_kind == DocumentKind.TTHC_PROCEDURE:
        details.write(version, NO_DETAILS)
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
        _tell(template, source, body)
        version = drafts.new_version(template.document, by=by, issue_no=source.issue_no)
        contents.write(version, _content(source, body))
        _link_clauses(template, version, source)
        record(
            by, "template.loaded", template, agency=body, version=version.pk, issue=source.issue_no
        )
    return version


@transaction.atomic
def load_frame(slots: list[SlotSource], sets: list[SetSource], *, by: User) -> None:
    """Bring in the slots and sets that are not there yet; those that are stay as they are."""
    require_editor(by)
    new_slots = [one for one in slots if not Slot.objects.filter(name=one.name).exists()]
    Slot.objects.bulk_create(Slot(**asdict(one)) for one in new_slots)
    new_sets = [
        TemplateSet(**{**asdict(one), "audience": list(one.audience)}, order=n)
        for n, one in enumerate(sets, 1)
        if not TemplateSet.objects.filter(key=one.key).exists()
    ]
    TemplateSet.objects.bulk_create(new_sets)
    if new_slots or new_sets:
        record(
            by, "library.framed", _body(), agency=_body(), slots=[s.name for s in new_slots],
            sets=[s.key for s in new_sets],
        )  # fmt: skip


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
    return Template.objects.create(document=document, target_kind=source.kind)


def _tell(template: Template, source: Source, body: Agency) -> None:
    """What the library knows of it beside its text, as the file says it."""
    template.target_kind = source.kind
    template.summary = source.summary
    template.audience = list(source.audience)
    template.legal_basis = list(source.legal_basis)
    template.order = source.order
    template.paper = source.paper
    template.parent = Template.objects.filter(
        document__agency=body, document__code=source.parent
    ).first()
    template.save()
    template.sets.set(TemplateSet.objects.filter(key__in=source.sets))


def _may_follow(template: Template, source: Source) -> bool:
    """Nothing in flight, nothing edited by hand, and a higher issue than any before."""
    before = template.document.versions.exclude(state=VersionState.DISCARDED)
    edited = before.filter(
        Q(source_file__isnull=False) | Q(amendment_no__gt=0) | Q(revision__gt=1)
    )
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
        sections=source.sections, procedure=source.procedure,
    )  # fmt: skip


def _body() -> Agency:
    body = oversight_body()
    if body is None:
        raise Unacceptable(_("Chưa khai báo tỉnh và cơ quan chủ trì nên chưa có thư viện."))
    return body
