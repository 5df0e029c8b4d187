"""How a newer version of a template reaches those who adopted it: offered, compared, taken.

Nothing is published by itself: what an agency takes becomes a draft and goes its ordinary way.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import transaction
from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.lifecycles import SEALED, VersionState
from documents.models import Document, Version
from documents.services import content as contents
from documents.services import draft as drafts
from documents.services.merging import Merged, merge, resolve
from documents.services.saving import advance, saved
from qms.agencies.models import Agency, Membership, Role, User
from qms.kernel.content import Content
from qms.kernel.refusals import IllegalMove, Refusal, Unacceptable
from qms.kernel.text import nfc
from qms.library import fields
from qms.library.models import OPEN, Adoption, Update, UpdateState
from qms.library.permissions import require_writer
from qms.library.services.adoption import filled, in_force, section_hashes
from qms.library.services.filling import codes_for, values_for
from qms.notices.services import notify
from qms.trail.services import record

S = UpdateState
# Compared in one transaction: a killed worker loses at most these, and does them again.
AT_ONCE = 20


@transaction.atomic
def offer(version: Version) -> int:
    """Give every adopter of the template, this version's, its update; how many got one now.

    Offered once however often it is asked; an older update that was not taken is overtaken.
    """
    behind = Adoption.objects.filter(
        template__document=version.document_id, base_version__pk__lt=version.pk
    )
    known = Update.objects.filter(version=version).values("adoption")
    fresh = list(behind.exclude(pk__in=known))
    Update.objects.filter(adoption__in=fresh, state__in=OPEN).update(state=S.OVERTAKEN)
    Update.objects.bulk_create(
        (Update(adoption=one, version=version) for one in fresh), ignore_conflicts=True
    )
    return len(fresh)


def compare_waiting(*, most: int | None = None) -> int:
    """Compare updates that wait, a few in each transaction; how many. Safe to run twice, and
    to be killed: what was not written down waits still."""
    done = 0
    while most is None or done < most:
        with transaction.atomic():
            waiting = Update.objects.select_for_update(skip_locked=True, of=("self",)).filter(
                state=S.WAITING
            )
            rows = list(waiting.order_by("pk").for_work()[:AT_ONCE])
            for update in rows:
                _compare(update)
        if not rows:
            break
        done += len(rows)
    return done


def merge_of(update: Update) -> Merged:
    """The three-way merge as it stands now: base, the province's new text, ours."""
    base, province = filled_pair(update)
    return merge(base, province, contents.content_of(own_version(update.adoption)))


def own_version(adoption: Adoption) -> Version:
    """What the agency says now: its open draft, else its version in force, else its last."""
    versions = Version.objects.for_page().filter(document=adoption.document_id)
    found = (
        versions.in_flight().first()
        or versions.in_force().first()
        or versions.order_by("-pk").first()
    )
    if found is None:
        raise IllegalMove(_("Tài liệu này chưa có bản nào."))
    return found


@transaction.atomic
def take(update: Update, *, by: User, choices: Mapping[str, str] | None = None) -> Version:
    """Make the merge a draft of the agency: in its open draft, else in a new revision.

    `choices` settle the conflicts by their keys. Refuses people who do not write for the
    agency, an update already settled, an undecided conflict, a draft that is on its way
    through review, and a document that is no longer in use.
    """
    adoption = update.adoption
    require_writer(by, adoption.agency)
    update = Update.objects.select_for_update(of=("self",)).for_work().get(pk=update.pk)
    _require_open(update)
    own = own_version(adoption)
    content = resolve(merge_of(update), choices or {})
    draft = _draft_for(own, by=by)
    _write(draft, content, update, by=by)
    update.state, update.draft = S.DRAFTED, draft
    update.decided_by, update.decided_at = by, timezone.now()
    update.save(update_fields=["state", "draft", "decided_by", "decided_at"])
    if not draft.document.versions.filter(state__in=SEALED).exists():
        settle(update)
    record(
        by, "document.update_taken", draft.document, agency=adoption.agency, update=update.pk,
        template=adoption.template_id, version=update.version_id, draft=draft.pk,
    )  # fmt: skip
    return draft


def take_clean(updates: Iterable[Update], *, by: User) -> tuple[list[Version], list[str]]:
    """Take all that merge without a question; the drafts, and sentences for those left.

    Each is a transaction of its own: one that is refused leaves the others taken.
    """
    made: list[Version] = []
    left: list[str] = []
    for update in updates:
        try:
            made.append(take(update, by=by))
        except Refusal as refusal:
            left.append(f"{update.adoption.document}: {refusal}")
    return made, left


@transaction.atomic
def decline(update: Update, *, by: User, reason: str) -> None:
    """Leave this version out, with a reason. Refuses an empty reason and what is settled."""
    require_writer(by, update.adoption.agency)
    update = Update.objects.select_for_update(of=("self",)).for_work().get(pk=update.pk)
    _require_open(update)
    reason = nfc(reason).strip()[:1000]
    if not reason:
        raise Unacceptable(_("Nêu lý do cơ quan không nhận bản mới này."))
    update.state, update.reason = S.DECLINED, reason
    update.decided_by, update.decided_at = by, timezone.now()
    update.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    record(
        by, "document.update_declined", update.adoption.document,
        agency=update.adoption.agency, reason=reason, update=update.pk,
        version=update.version_id,
    )  # fmt: skip


def settle(update: Update) -> None:
    """The agency now stands on this version: it is the base of the next merge."""
    adoption = update.adoption
    values = _values(update)
    adoption.base_version = update.version
    adoption.values = values
    if update.draft is not None:
        adoption.base_hashes = section_hashes(filled_base(update, values))
    adoption.save(update_fields=["base_version", "values", "base_hashes"])


def take_back(version: Version) -> None:
    """A draft made of an update was discarded: the update is open again, unless overtaken."""
    for update in Update.objects.filter(draft=version, state=S.DRAFTED).for_work():
        update.state, update.draft = S.WAITING, None
        newer = Update.objects.filter(adoption=update.adoption_id, version__gt=update.version_id)
        if newer.exists():
            update.state = S.OVERTAKEN
        update.save(update_fields=["state", "draft"])


def come_into_force(version: Version) -> None:
    """An agency's version came into force: what it was made of is done, and counted anew."""
    for update in Update.objects.filter(draft=version, state=S.DRAFTED).for_work():
        settle(update)
        update.state = S.DONE
        update.save(update_fields=["state"])
    adoption = Adoption.objects.filter(document=version.document_id).first()
    if adoption is not None:
        said = set(adoption.base_hashes.values())
        ours = set(section_hashes(contents.content_of(version)).values())
        diverged = max(len(ours - said), len(said - ours))
        Adoption.objects.filter(pk=adoption.pk).update(diverged=diverged)


def filled_base(update: Update, values: Mapping[str, str]) -> Content:
    adoption = update.adoption
    return filled(update.version, values, kind=adoption.filled_for, code=adoption.document.code)


def _compare(update: Update) -> None:
    """Write down what the merge would give. A document out of use needs no update."""
    current = in_force(update.adoption.template)
    if current is None or current.pk != update.version_id:
        update.state = S.OVERTAKEN
    elif not _in_use(update.adoption.document):
        update.state, update.reason = S.DECLINED, _("Tài liệu của cơ quan đã thôi dùng.")
    else:
        merged = merge_of(update)
        update.conflicts = len(merged.conflicts)
        update.sections = [
            [s.number, s.title if isinstance(s.title, str) else s.title.ours, s.outcome]
            for s in merged.sections
        ]
        update.state = S.CONFLICT if update.conflicts else S.CLEAN
    update.save(update_fields=["state", "reason", "conflicts", "sections"])


def _in_use(document: Document) -> bool:
    wanted = [VersionState.IN_FORCE, VersionState.DRAFT, VersionState.IN_REVIEW]
    wanted += [VersionState.IN_APPROVAL, VersionState.APPROVED]
    return document.versions.filter(state__in=wanted).exists()


def filled_pair(update: Update) -> tuple[Content, Content]:
    """The base and the new text, both filled as the agency's text was; what is new in the new
    text is filled with what the agency says today."""
    adoption = update.adoption
    values = _values(update)
    base = filled(
        adoption.base_version, values, kind=adoption.filled_for, code=adoption.document.code
    )
    return base, filled_base(update, values)


def _values(update: Update) -> dict[str, str]:
    adoption = update.adoption
    texts = fields.texts_of(contents.content_of(update.version))
    now = values_for(adoption.agency) | fields.LATER
    now |= codes_for(adoption.agency, fields.references_in(texts))
    kept: dict[str, str] = adoption.values
    return now | kept


def _require_open(update: Update) -> None:
    if update.state not in OPEN:
        raise IllegalMove(
            _("Bản cập nhật này đã được xử lý: %s.") % UpdateState(update.state).label
        )


def _draft_for(own: Version, *, by: User) -> Version:
    if own.state == VersionState.DRAFT:
        return own
    if own.state == VersionState.IN_FORCE:
        return drafts.revise(own, by=by)
    if own.state in (VersionState.IN_REVIEW, VersionState.IN_APPROVAL, VersionState.APPROVED):
        raise IllegalMove(
            _("Tài liệu đang có một bản trên đường phê duyệt. Hoàn tất hoặc thu hồi bản đó trước.")
        )
    raise IllegalMove(_("Tài liệu của cơ quan đã thôi dùng nên không cập nhật được."))


def _write(draft: Version, content: Content, update: Update, *, by: User) -> None:
    """Make the draft say the merge; clauses follow the sections of either text, by title."""
    clauses = {s.title: list(s.clauses.all()) for s in update.version.sections.all()}
    clauses |= {s.title: list(s.clauses.all()) for s in draft.sections.all()}
    kept = {asset.blob for asset in draft.assets.select_related("blob")}
    kept |= {asset.blob for asset in update.version.assets.select_related("blob")}
    advance(draft, by=by, revision=draft.revision)
    contents.write(draft, replace(content, code=draft.code), assets=kept)
    for section in draft.sections.all():
        section.clauses.set(clauses.get(section.title, []))
    saved(draft, "update_merged", by=by, template_version=update.version_id)


def tell_agencies(day: dt.date) -> None:
    """Tell the quality office of each agency with open updates, once a day of new ones."""
    waiting = Update.objects.filter(state__in=[S.CLEAN, S.CONFLICT], created_at__date__lte=day)
    rows = waiting.values("adoption__agency").annotate(last=Max("pk"), number=Count("pk"))
    for row in rows.order_by():
        agency = Agency.objects.get(pk=row["adoption__agency"])
        people = User.objects.filter(
            pk__in=Membership.objects.current(day)
            .filter(agency=agency, role=Role.QUALITY)
            .values("user")
        )
        notify(
            people, agency=agency, key=f"library.updates:{agency.pk}:{row['last']}",
            subject=_("Có %d mẫu của tỉnh đã đổi, chờ cơ quan nhận") % row["number"],
            address=reverse("library:update-list"),
        )  # fmt: skip
