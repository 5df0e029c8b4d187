"""The one function that changes a `state` column. Only services may import it."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from qms.kernel.lifecycle import Lifecycle, Step
from qms.kernel.refusals import Stale


def move(obj: Model, verb: str, lifecycle: Lifecycle, **also: Any) -> Step:
    """Take `obj` through one step, writing `also` in the same UPDATE.

    Compare-and-swap: the row changes only if it is still in the state we read,
    so two people pressing "approve" at once cannot both succeed, on any database.
    Refuses with `IllegalMove` (no such step) and `Stale` (somebody was first).
    """
    before = obj.state  # type: ignore[attr-defined]  # every noun with a lifecycle has one
    step = lifecycle.step(verb, before)
    rows = type(obj)._base_manager.filter(pk=obj.pk, state=before)
    if not rows.update(state=step.target, **also):
        raise Stale(_("Người khác vừa xử lý mục này. Tải lại trang để xem trạng thái mới."))
    obj.refresh_from_db(fields=["state", *also])
    return step
