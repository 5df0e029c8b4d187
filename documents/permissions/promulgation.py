"""Who draws up a decision of promulgation and who sees it; asked through `documents.permissions`."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from documents.lifecycles import PROMULGATION_LIFECYCLE, PromulgationState
from documents.models import PromulgatedVersion, Promulgation, PromulgationQuerySet
from documents.permissions.people import Rule
from documents.permissions.visibility import visible_versions
from qms.agencies.models import Agency, Role, User

ISSUING = (Role.QUALITY, Role.APPROVER)


def may_issue(user: User, promulgation: Promulgation) -> bool:
    """The quality office and the head, of the agency whose decision it is."""
    return user.standing.has(promulgation.agency_id, *ISSUING)


RULES: dict[str, Rule] = {"edit": may_issue, "number": may_issue, "discard": may_issue}


def require_issuer(user: User, agency: Agency) -> None:
    """Refuse unless `user` may draw up decisions of `agency`."""
    if not user.standing.has(agency.pk, *ISSUING):
        raise PermissionDenied(
            _("Chỉ Thư ký ISO và lãnh đạo của %s lập được quyết định ban hành.") % agency
        )


def require_issuer_anywhere(user: User) -> None:
    """Refuse the page for a new decision to those who draw up none."""
    if not user.standing.is_anywhere(*ISSUING):
        raise PermissionDenied(_("Chỉ Thư ký ISO và lãnh đạo lập được quyết định ban hành."))


def visible_promulgations(user: User) -> PromulgationQuerySet:
    """Drafts: those who draw them up. Numbered: the agency, if one sees every document in it.

    A decision that names a document hidden from the reader is hidden with it, since its annex
    would tell the title.
    """
    standing = user.standing
    seen = visible_versions(user).filter(pk=OuterRef("version"))
    hidden = PromulgatedVersion.objects.filter(promulgation=OuterRef("pk")).exclude(Exists(seen))
    own = Q(agency__in=standing.agencies_with(*ISSUING))
    published = Q(agency__in=standing.agencies, state=PromulgationState.NUMBERED)
    return Promulgation.objects.filter(own | published).exclude(Exists(hidden))


def promulgation_verbs(user: User, promulgation: Promulgation) -> list[str]:
    """What `user` can do now: legal in this state and allowed to this person."""
    if not may_issue(user, promulgation):
        return []
    legal = PROMULGATION_LIFECYCLE.verbs_from(promulgation.state)
    return ["edit", *legal] if legal else []
