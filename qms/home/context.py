"""What the shell around every page shows: where one is, and where one can go."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from qms.agencies.models import Province, Role, User
from qms.notices.models import Notice


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place of the navigation. `heading` starts a new group above it."""

    key: str
    icon: str
    label: str
    short: str
    url: str
    current: bool
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page for one person, or for a visitor."""

    place: str
    library_url: str
    agency: str = ""
    nav: tuple[NavItem, ...] = ()
    unseen: int = 0

    @property
    def tabs(self) -> tuple[NavItem, ...]:
        """The places that fit into the bar at the bottom of a phone."""
        return tuple(item for item in self.nav if item.key in {"inbox", "documents", "audits"})


def shell(request: HttpRequest) -> dict[str, object]:
    """Made when a template first asks, so that a download or a redirect pays nothing."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> Shell:
    library = reverse("library:template-list")
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return Shell(_place(), library)
    unseen = Notice.objects.unseen().filter(person=user).count()
    names = list(user.standing.names.values())
    agency = names[0] if len(names) == 1 else _("%d cơ quan") % len(names) if names else ""
    return Shell(_("TCVN ISO 9001"), library, agency, tuple(_nav(user, request.path)), unseen)


def _place() -> str:
    province = Province.current()
    return province.name[:1].upper() + province.name[1:] if province else ""


def _nav(user: User, path: str) -> list[NavItem]:
    rows = [
        ("inbox", "inbox", _("Việc của tôi"), _("Việc của tôi"), "home:inbox-show", ""),
        ("documents", "file-text", _("Tài liệu"), _("Tài liệu"), "documents:document-list", ""),
        ("audits", "clipboard-check", _("Đánh giá nội bộ"), _("Đánh giá"), "audits:audit-list", ""),
        ("nonconformities", "triangle-alert", _("Không phù hợp và khắc phục"), _("KPH"),
         "audits:nonconformity-list", ""),
        ("library", "library", _("Thư viện mẫu của tỉnh"), _("Thư viện"), "library:template-list",
         _("Dùng chung")),
    ]  # fmt: skip
    if user.standing.is_anywhere(Role.AUTHOR, Role.QUALITY, Role.APPROVER):
        rows.append(
            (
                "adoptions",
                "git-compare",
                _("Mẫu đang áp dụng"),
                _("Áp dụng"),
                "library:adoption-list",
                "",
            )
        )
    if user.standing.is_anywhere(Role.OVERSEER, Role.LIBRARY_EDITOR):
        name = _("Tình hình áp dụng")
        rows.append(("matrix", "chart-column", name, _("Tình hình"), "library:matrix-list", ""))
    if user.standing.is_anywhere(Role.QUALITY, Role.ADMIN):
        name = _("Thiết lập tài liệu")
        rows.append(
            ("settings", "settings", name, name, "documents:control-change", _("Quản trị"))
        )
    urls = [reverse(name) for _key, _icon, _label, _short, name, _heading in rows]
    here = max((url for url in urls if _is_below(path, url)), key=len, default="")
    return [
        NavItem(key, icon, label, short, url, url == here, heading)
        for (key, icon, label, short, _name, heading), url in zip(rows, urls, strict=True)
    ]


def _is_below(path: str, url: str) -> bool:
    """Whether a page belongs to a place; the year's programmes belong to the audits."""
    if url == reverse("audits:audit-list"):
        return path.startswith((url, reverse("audits:programme-list")))
    return path == url if url == "/" else path.startswith(url)
