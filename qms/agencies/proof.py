"""That the person at the keyboard is who he logged in as, asked again before he signs."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from qms.agencies.models import User

# Time enough to render a paper, too short to walk away from the desk.
HOLDS = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Proof:
    """Whom it was, how that was known (`documents.models.Method`), and when."""

    user: int
    method: str
    at: dt.datetime

    def holds_for(self, user: User) -> bool:
        """Whether it proves this person, now."""
        return self.user == user.pk and timezone.now() - self.at <= HOLDS


def prove(user: User, password: str) -> Proof:
    """The proof that `user` just typed his password; refuses a wrong one, and an inactive person."""
    if not user.is_active or not user.check_password(password):
        raise PermissionDenied(_("Mật khẩu chưa đúng nên chưa ký. Chưa có gì thay đổi."))
    return Proof(user.pk, "password", timezone.now())
