"""What the library lets wait for people: newer versions of what their agencies adopted."""

from django.urls import reverse
from django.utils.translation import gettext as _

from qms.agencies.models import User
from qms.library.models import UpdateState
from qms.library.permissions import visible_updates
from qms.web.task import Task


def waiting_for(user: User) -> list[Task]:
    """One task for each newer version that the agency has neither taken nor declined."""
    return [
        Task(
            "library",
            "git-compare",
            _("Mẫu của tỉnh có bản mới: %s") % update.adoption.template.document.title,
            update.adoption.template.document.code,
            reverse("library:update-detail", args=[update.pk]),
            _("Xem và nhận bản mới"),
            None,
            (
                _("Cơ quan đang dùng %s") % update.adoption.base_version.number,
                _("%d chỗ cần chọn") % update.conflicts
                if update.state == UpdateState.CONFLICT
                else str(update.get_state_display()),
            ),
        )
        for update in visible_updates(user).open().for_list()
    ]
