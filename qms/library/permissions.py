"""Who may see which template and adoption, and who may do what with them."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from documents.permissions import WRITING
from qms.agencies.models import Agency, Province, Role, User
from qms.library.models import (
    Adoption,
    AdoptionQuerySet,
    Template,
    TemplateQuerySet,
    Update,
    UpdateQuerySet,
)

Reader = User | AnonymousUser


def oversight_body() -> Agency | None:
    province = Province.current()
    return province.oversight_body if province else None


def is_editor(user: Reader) -> bool:
    """An editor of the library at the province's oversight body."""
    if not isinstance(user, User):
        return False
    body = oversight_body()
    return body is not None and user.standing.has(body.pk, Role.LIBRARY_EDITOR)


def writes_for(user: User, agency: Agency) -> bool:
    return user.standing.has(agency.pk, *WRITING)


def decides_for(user: User, agency: Agency) -> bool:
    """The quality office and the head decide what the agency does without."""
    return user.standing.has(agency.pk, Role.QUALITY, Role.APPROVER)


RULES: dict[str, dict[str, Callable[..., bool]]] = {
    "template": {"create": lambda user, _template: is_editor(user)},
    "adoption": {"adopt": writes_for, "answer": writes_for},
    "matrix": {"remind": lambda user, _matrix: oversees(user)},
    "waiver": {"waive": decides_for, "lift": decides_for},
}


def oversees(user: Reader) -> bool:
    """Whether the person follows the province's agencies: its overseers and editors."""
    if not isinstance(user, User):
        return False
    body = oversight_body()
    return body is not None and user.standing.has(body.pk, Role.OVERSEER, Role.LIBRARY_EDITOR)


def require_overseer(user: User) -> None:
    if not oversees(user):
        raise PermissionDenied(_("Chỉ cơ quan chủ trì của tỉnh xem được bảng theo dõi này."))


def visible_templates(user: Reader) -> TemplateQuerySet:
    """Published ones are everybody's, with or without an account; the rest the editors'."""
    if is_editor(user):
        return Template.objects.filter(
            Q(pk__in=Template.objects.published().values("pk"))
            | Q(document__agency=oversight_body())
        )
    return Template.objects.filter(pk__in=Template.objects.published().values("pk"))


def visible_adoptions(user: User) -> AdoptionQuerySet:
    """Those of the person's own agencies; of a document hidden from its agency only the quality
    office's and one's own, which is less than `visible_documents` and costs no query more."""
    own = Adoption.objects.filter(agency__in=user.standing.agencies)
    return own.filter(
        Q(document__restricted=False)
        | Q(agency__in=user.standing.agencies_with(Role.QUALITY))
        | Q(adopted_by=user)
    )


def visible_updates(user: User) -> UpdateQuerySet:
    """Those of the agencies the person writes for, of documents that are visible there."""
    own = Update.objects.filter(adoption__agency__in=user.standing.agencies_with(*WRITING))
    return own.filter(
        Q(adoption__document__restricted=False)
        | Q(adoption__agency__in=user.standing.agencies_with(Role.QUALITY))
        | Q(adoption__adopted_by=user)
    )


def require_editor(user: User) -> None:
    if not is_editor(user):
        raise PermissionDenied(_("Chỉ người biên tập thư viện của tỉnh soạn được mẫu."))


def require_writer(user: User, agency: Agency) -> None:
    if not writes_for(user, agency):
        raise PermissionDenied(
            _("Bạn không có vai trò soạn thảo tại %s nên không áp dụng mẫu được.") % agency
        )


def require_waiver(user: User, agency: Agency) -> None:
    if not decides_for(user, agency):
        raise PermissionDenied(
            _("Chỉ Thư ký ISO hoặc lãnh đạo quyết định miễn áp dụng mẫu cho %s.") % agency
        )
