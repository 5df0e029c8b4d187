"""Changing how an agency controls its documents."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from documents import permissions
from documents.models import ControlSettings, DocumentKind
from qms.agencies.models import Agency, User
from qms.kernel.patterns import pattern_of
from qms.kernel.refusals import Unacceptable
from qms.kernel.text import one_line
from qms.trail.services import record

NUMBERS = ("decide_days", "remind_days", "escalate_days", "read_days", "review_months")
CHOICES = ("counts_amendments", "needs_three_people")


@transaction.atomic
def change(
    agency: Agency, *, by: User, code_patterns: Mapping[str, str], **chosen: Any
) -> ControlSettings:
    """Write the agency's choices; the trail says what each was before.

    Refuses others than the quality office and the administrator, a pattern that makes no
    code, and days that are none.
    """
    permissions.require_controller(by, agency)
    patterns = {
        kind: pattern_of(text).text for kind, text in code_patterns.items() if one_line(text)
    }
    if not set(patterns) <= set(DocumentKind.values):
        raise Unacceptable(_("Loại tài liệu này không có trong danh mục."))
    ControlSettings.objects.get_or_create(agency=agency)
    settings = ControlSettings.objects.select_for_update().get(agency=agency)
    wanted: dict[str, Any] = {"code_patterns": patterns} | chosen
    changed = {
        name: [getattr(settings, name), value]
        for name, value in wanted.items()
        if getattr(settings, name) != value
    }
    for name, (_before, value) in changed.items():
        setattr(settings, name, value)
    if changed:
        settings.save()
        record(by, "control_settings.changed", settings, agency=agency, changed=changed)
    return settings
