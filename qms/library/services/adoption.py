"""Taking templates over: from the province's text to drafts of the agency's own."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.lifecycles import VersionState
from documents.models import PROCEDURES, Document, DocumentKind, Version
from documents.services import content as contents
from documents.services import draft as drafts
from qms.agencies.models import Agency, User
from qms.kernel.content import Content
from qms.kernel.refusals import IllegalMove, Unacceptable
from qms.kernel.text import one_line
from qms.library import fields
from qms.library.models import Adoption, Template
from qms.library.permissions import require_writer
from qms.library.services import waiver as waivers
from qms.library.services.answer import keep_answers
from qms.library.services.coding import LocalCodes
from qms.library.services.filling import codes_for, questions, values_for
from qms.trail.services import record
from qms.word.richtext import clean

MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Taking:
    """One template on its way into an agency: the version taken, and the code it gets."""

    template: Template
    base: Version
    code: str


@transaction.atomic
def adopt(
    template: Template,
    agency: Agency,
    *,
    by: User,
    answers: Mapping[str, str] | None = None,
    code: str = "",
) -> Adoption:
    """Make the template, with its forms, drafts of `agency`, filled with its data.

    Each gets the code that the agency's pattern proposes, the template itself `code` when one
    is typed. `answers` (token's inside → text) are kept for everything adopted later. The
    adoption remembers the version it came from, what it was filled with and the hash of every
    section. Refuses people who do not write for the agency, an agency that ended, a template
    without a version in force, one adopted already, a code that is taken, and places that
    neither data nor answers fill.
    """
    require_writer(by, agency)
    require_standing(agency)
    _require_not_taken(template, agency)
    if not in_force(template):
        raise IllegalMove(_("Mẫu này hiện không có bản nào đang hiệu lực."))
    made = adopt_all(
        [template, *template.forms.all()],
        agency,
        by=by,
        answers=answers,
        typed={template.pk: code},
    )
    return next(one for one in made if one.template_id == template.pk)


@transaction.atomic
def adopt_all(
    templates: Iterable[Template],
    agency: Agency,
    *,
    by: User,
    answers: Mapping[str, str] | None = None,
    typed: Mapping[int, str] | None = None,
) -> list[Adoption]:
    """Adopt many in one act; those adopted or waived already, and those not in force, are left out.

    All or none. Refuses as `adopt` does, and when nothing is left to adopt.
    """
    require_writer(by, agency)
    require_standing(agency)
    Agency.objects.select_for_update().get(pk=agency.pk)
    keep_answers(agency, answers or {}, by=by)
    takings = plan(templates, agency, typed=typed)
    if not takings:
        raise IllegalMove(_("Không còn mẫu nào để áp dụng: tất cả đã áp dụng hoặc đã miễn."))
    texts = texts_of_takings(takings)
    values = values_for(agency)
    lacking = [q.label for q in questions(agency, texts, values) if not q.answer]
    if lacking:
        raise Unacceptable(
            _("Còn thiếu thông tin của cơ quan: %s.") % "; ".join(lacking[:MOST_NAMED])
        )
    values |= codes_for(agency, fields.references_in(texts)) | fields.LATER
    values |= {f"ma:{one.template.document.code}": one.code for one in takings}
    made: dict[int, Adoption] = {}
    for one in takings:
        made[one.template.pk] = _take(one, agency, values, made, by=by)
    documents = [adoption.document_id for adoption in made.values()]
    record(by, "library.adopted", agency, agency=agency, documents=documents)
    return list(made.values())


def plan(
    templates: Iterable[Template], agency: Agency, *, typed: Mapping[int, str] | None = None
) -> list[Taking]:
    """What would be adopted under which codes; procedures before their forms.

    What is named in `typed` is adopted although it was waived.
    """
    wanted = list(templates)
    gone = set(Adoption.objects.filter(agency=agency).values_list("template_id", flat=True))
    gone |= set(waivers.standing(agency)) - (typed or {}).keys()
    codes = LocalCodes(agency)
    takings = []
    for template in sorted(wanted, key=lambda t: (t.parent_id is not None, t.order, t.pk)):
        base = in_force(template) if template.pk not in gone else None
        if base is not None:
            code = codes.propose(template, (typed or {}).get(template.pk, ""))
            takings.append(Taking(template, base, code))
    return takings


def texts_of_takings(takings: Iterable[Taking]) -> list[str]:
    """All texts that are about to be filled."""
    return [text for one in takings for text in fields.texts_of(contents.content_of(one.base))]


def in_force(template: Template) -> Version | None:
    """The version of the template that can be adopted now."""
    return (
        Version.objects.for_page()
        .filter(document=template.document_id, state=VersionState.IN_FORCE)
        .first()
    )


def filled(base: Version, values: Mapping[str, str], *, kind: str, code: str) -> Content:
    """What an agency of `kind` gets of a template's version: filled, clean, its sheet empty."""
    said = fields.fill(contents.content_of(base), {**values, "ma_tai_lieu": code}, kind=kind)
    return replace(
        said,
        title=one_line(said.title),
        amendments=(),
        sections=tuple(replace(s, html=clean(s.html)) for s in said.sections),
    )


def section_hashes(content: Content) -> dict[str, str]:
    """Place of each section → SHA-256 of its title and text."""
    return {
        str(n): hashlib.sha256(f"{s.title}\n{s.html}".encode()).hexdigest()
        for n, s in enumerate(content.sections, 1)
    }


def require_standing(agency: Agency) -> None:
    """Refuse an agency that has ended, or has not begun."""
    if not Agency.objects.standing_on(timezone.localdate()).filter(pk=agency.pk).exists():
        raise IllegalMove(_("%s không còn hoạt động nên không áp dụng mẫu được nữa.") % agency)


def _require_not_taken(template: Template, agency: Agency) -> None:
    taken = Adoption.objects.filter(template=template, agency=agency).first()
    if taken is not None and taken.document.restricted:
        raise IllegalMove(_("%s đã áp dụng mẫu này.") % agency)
    if taken is not None:
        raise IllegalMove(
            _("%(agency)s đã áp dụng mẫu này thành %(document)s.")
            % {"agency": agency, "document": taken.document}
        )


def _take(
    taking: Taking,
    agency: Agency,
    values: Mapping[str, str],
    made: Mapping[int, Adoption],
    *,
    by: User,
) -> Adoption:
    template = taking.template
    content = filled(taking.base, values, kind=agency.kind, code=taking.code)
    document, version = _own_draft(taking, content, agency, made, by=by)
    said = dict(values) | {"ma_tai_lieu": document.code}
    used = _used(taking.base, said)
    try:
        with transaction.atomic():
            adoption = Adoption.objects.create(
                template=template, agency=agency, document=document, base_version=taking.base,
                base_hashes=section_hashes(contents.content_of(version)), values=used, filled_for=agency.kind,
                adopted_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise IllegalMove(_("Người khác vừa áp dụng mẫu này cho %s.") % agency) from None
    waivers.lift_if_standing(template, agency, by=by)
    record(
        by, "document.adopted", document, agency=agency, template=template.pk,
        base_version=taking.base.pk, version=version.pk,
    )  # fmt: skip
    return adoption


def _own_draft(
    taking: Taking, content: Content, agency: Agency, made: Mapping[int, Adoption], *, by: User
) -> tuple[Document, Version]:
    template = taking.template
    document = drafts.new_document(
        agency, kind=DocumentKind(template.target_kind), code=taking.code, title=content.title,
        parent=_own_procedure(template, agency, made),
    )  # fmt: skip
    if not document.code_settled:
        raise Unacceptable(drafts.taken_sentence(agency, taking.code))
    version = drafts.new_version(document, by=by)
    kept = [asset.blob for asset in taking.base.assets.select_related("blob")]
    contents.write(version, content, assets=kept)
    for ours, theirs in zip(version.sections.all(), taking.base.sections.all(), strict=True):
        ours.clauses.set(theirs.clauses.all())
    return document, version


def _own_procedure(
    template: Template, agency: Agency, made: Mapping[int, Adoption]
) -> Document | None:
    """The agency's own procedure that the form belongs to, when it has taken that over."""
    if template.parent_id is None:
        return None
    parent = made.get(template.parent_id) or Adoption.objects.filter(
        agency=agency, template=template.parent_id
    ).first()  # fmt: skip
    if parent is None or parent.document.kind not in PROCEDURES:
        return None
    return parent.document


def _used(base: Version, values: Mapping[str, str]) -> dict[str, str]:
    """Of all values only those that this text has a place for."""
    texts = fields.texts_of(contents.content_of(base))
    names = fields.used(texts) | {f"?{name}" for name in fields.slots_in(texts)}
    names |= {f"ma:{code}" for code in fields.references_in(texts)}
    return {name: values[name] for name in sorted(names) if name in values}
