"""A person's own names for registers narrowed in a certain way."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from documents.models import RegisterName, SavedView
from qms.agencies.models import User
from qms.kernel.refusals import Unacceptable
from qms.kernel.text import one_line

MOST = 30


def save(register: RegisterName, *, by: User, name: str, query: str) -> SavedView:
    """Keep `query` under a name of one's own. Refuses an empty or taken name, and a 31st view.

    Nothing is recorded: it is a bookmark, and nobody else ever sees it.
    """
    name = one_line(name)[:80]
    if not name:
        raise Unacceptable(_("Đặt tên để lần sau mở lại."))
    if by.saved_views.filter(register=register).count() >= MOST:
        raise Unacceptable(_("Mỗi danh mục lưu được tối đa %d cách xem. Bỏ bớt rồi lưu.") % MOST)
    try:
        with transaction.atomic():
            return SavedView.objects.create(
                person=by, register=register, name=name, query=query[:600]
            )
    except IntegrityError:
        raise Unacceptable(_("Bạn đã có cách xem tên “%s”. Đặt tên khác.") % name) from None


def remove(view: SavedView, *, by: User) -> None:
    """Forget one of one's own views; others' are not found by the page that asks."""
    SavedView.objects.filter(pk=view.pk, person=by).delete()
