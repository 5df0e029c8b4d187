"""Tags and filters that every template may use without `{% load %}` (see settings).

Small drawings and words only; components with more HTML than a line are in `templates/c`,
and `templates/c/README.md` describes both.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.forms.utils import ErrorDict
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.agencies.models import Theme
from qms.web.badge import Badge
from qms.web.charts import Bars, grouped_bars
from qms.web.views.session import THEME_COOKIE

register = template.Library()

SOON = 3
GRADE_ICONS = {
    "conformity": "check",
    "good_practice": "star",
    "ofi": "lightbulb",
    "observation": "eye",
    "minor_nc": "triangle-alert",
    "major_nc": "circle-x",
    "not_applicable": "ban",
}


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A symbol of the sprite, hidden from screen readers: a word stands beside it."""
    return format_html(
        '<svg class="i{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" i--{size}" if size else "",
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def badge(said: Badge | str, kind: str = "", icon_name: str = "") -> SafeString:
    """A status: `{% badge badge %}` or `{% badge "Đang hiệu lực" "ok" "circle-check" %}`."""
    shown = said if isinstance(said, Badge) else Badge(said, kind, icon_name)
    return format_html(
        '<span class="badge{}">{}{}</span>',
        f" badge--{shown.kind}" if shown.kind not in ("", "neutral") else "",
        icon(shown.icon) if shown.icon else "",
        shown.label,
    )


@register.simple_tag
def clause(number: object, url: str = "") -> SafeString:
    """The tag of a clause; a link when there is an address to lead to."""
    word = _("Điều khoản")
    if url:
        html = '<a class="clause" href="{}"><span class="vh">{} </span>{}</a>'
        return format_html(html, url, word, number)
    return format_html('<span class="clause"><span class="vh">{} </span>{}</span>', word, number)


@register.simple_tag
def avatar(person: Any, size: str = "") -> SafeString:
    """Initials in a circle; the name stands beside it."""
    return format_html(
        '<span class="avatar{}" aria-hidden="true">{}</span>',
        f" avatar--{size}" if size else "",
        getattr(person, "initials", "") or _initials(str(person)),
    )


@register.simple_tag
def bar(
    value: float, *, target: float | None = None, kind: str = "v", label: str = ""
) -> SafeString:
    """A horizontal bar from 0 to 100 with a tick at the target. Sizes are attributes (CSP)."""
    tick = ""
    if target is not None:
        place = f"{min(max(target, 0), 99.2):.4g}"
        tick = format_html('<rect class="m" x="{}" width="0.8" height="8"/>', place)
    return format_html(
        '<svg class="bar" role="img" aria-label="{}" preserveAspectRatio="none" '
        'viewBox="0 0 100 8"><rect class="t" width="100" height="8"/>'
        '<rect class="{}" width="{}" height="8"/>{}</svg>',
        label or _("%(value)s phần trăm") % {"value": vnnum(value)},
        kind,
        f"{min(max(value, 0), 100):.4g}",
        tick,
    )


@register.simple_tag(takes_context=True)
def query(context: Context, name: str, value: object) -> str:
    """This page's query string with one word changed, back on the first page of the list."""
    params = context["request"].GET.copy()
    params.pop("page", None)
    params.pop(name, None)
    if value not in ("", None):
        params[name] = str(value)
    return f"?{params.urlencode()}"


@register.inclusion_tag("c/chips.html", takes_context=True)
def chips(
    context: Context, choices: Iterable[tuple[Any, ...]], name: str, label: str
) -> dict[str, Any]:
    """Filters as links: choices are (word, label, current) or (word, label, count, current)."""
    rows = [
        {
            "url": query(context, name, word),
            "label": text,
            "count": rest[0] if len(rest) > 1 else None,
            "current": rest[-1],
        }
        for word, text, *rest in choices
    ]
    return {"chips": rows, "label": label}


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """light, dark or auto: of the account, else of the cookie, else light."""
    request = context.get("request")
    if request is None:
        return Theme.LIGHT.value
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return str(user.theme)
    wanted = request.COOKIES.get(THEME_COOKIE, "")
    return wanted if wanted in Theme.values else Theme.LIGHT.value


@register.simple_tag(takes_context=True)
def here(context: Context) -> str:
    """This page's address, to come back to; nothing when it was not fetched by GET."""
    request = context.get("request")
    return request.get_full_path() if request is not None and request.method == "GET" else ""


@register.filter
def get(mapping: Mapping[Any, Any], key: object) -> Any:
    """The value under a key that is itself a variable."""
    return mapping.get(key)


@register.inclusion_tag("c/bars.html")
def bars(
    title: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]
) -> dict[str, Bars]:
    """Grouped bars: labels along the axis, series as (name, numbers)."""
    return {"chart": grouped_bars(title, labels, series)}


@register.simple_tag
def cell(kind: str, icon_name: str, words: str) -> SafeString:
    """One cell of a matrix: a colour, a symbol and, unseen, the words. kind: ok new wip no na."""
    html = '<span class="cell cell--{}">{}<span class="vh">{}</span></span>'
    return format_html(html, kind, icon(icon_name), words)


@register.filter
def grade_icon(value: object) -> str:
    """The symbol of an audit grade."""
    return GRADE_ICONS.get(str(value), "circle")


@register.filter
def error_count(errors: ErrorDict) -> int:
    """How many sentences the error summary will hold."""
    return sum(len(messages) for messages in errors.values())


@register.filter
def vndate(day: dt.date | dt.datetime | None) -> str:
    """23/11/2026, in both languages; nothing when there is no day."""
    if day is None or day == "":
        return ""
    if isinstance(day, dt.datetime) and timezone.is_aware(day):
        day = timezone.localtime(day)
    return f"{day:%d/%m/%Y}"


@register.filter
def vnmoment(moment: dt.datetime | None) -> str:
    """23/11/2026 09:41, on the clock of the province."""
    if moment is None or moment == "":
        return ""
    if timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{moment:%d/%m/%Y %H:%M}"


@register.filter
def iso(day: dt.date | dt.datetime | None) -> str:
    """The machine's form, for `<time datetime>`."""
    return day.isoformat() if day else ""


@register.filter
def vnnum(number: float | str | None) -> str:
    """2.041 and 98,6: a point for thousands, a comma for decimals."""
    if number is None or isinstance(number, str):
        return number or ""
    text = f"{number:,d}" if isinstance(number, int) else f"{number:,.1f}".removesuffix(".0")
    return text.translate(str.maketrans(",.", ".,"))


@register.filter
def vnsize(size: int | None) -> str:
    """284 KB, 1,2 MB."""
    kilobyte, megabyte = 1024, 1024 * 1024
    if size is None:
        return ""
    if size >= megabyte:
        return f"{vnnum(size / megabyte)} MB"
    return f"{max(1, round(size / kilobyte))} KB"


@register.filter
def due_words(day: dt.date | None) -> str:
    """How long until the day, or how long past it."""
    if not day:
        return ""
    days = (day - timezone.localdate()).days
    if days == 0:
        return _("Hạn hôm nay")
    if days < 0:
        return ngettext("Quá %(days)d ngày", "Quá %(days)d ngày", -days) % {"days": -days}
    return ngettext("Còn %(days)d ngày", "Còn %(days)d ngày", days) % {"days": days}


@register.filter
def due_class(day: dt.date | None) -> str:
    """The class beside `due_words`: late, soon, or nothing."""
    if not day:
        return ""
    days = (day - timezone.localdate()).days
    if days < 0:
        return "late"
    return "soon" if days <= SOON else ""


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[-2:]).upper()
