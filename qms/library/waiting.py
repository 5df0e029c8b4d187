"""What waits for a person because the province's texts moved on."""

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.permissions import WRITING
from qms.agencies.models import User
from qms.library.permissions import visible_adoptions
from qms.web.task import Task


def waiting_for(user: User) -> list[Task]:
    """One task for each adopted template that has a newer version in force."""
    agencies = user.standing.agencies_with(*WRITING)
    if not agencies:
        return []
    behind = visible_adoptions(user).filter(agency__in=agencies).behind()
    return [
        Task(
            "library",
            "git-compare",
            _("Mẫu của tỉnh có bản mới: %s") % adoption.template.document.title,
            adoption.template.document.code,
            reverse("library:template-detail", args=[adoption.template_id]),
            _("Xem bản mới"),
            None,
            (_("Cơ quan đang dùng %s") % adoption.base_version.number,),
        )
        for adoption in behind
    ]
