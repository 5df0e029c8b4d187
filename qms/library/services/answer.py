"""What an agency answers to the open places of the province's texts."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from qms.agencies.models import Agency, User
from qms.kernel.refusals import Unacceptable
from qms.kernel.text import nfc
from qms.kernel.tokens import ANY
from qms.library import fields
from qms.library.models import Answer, Slot
from qms.library.permissions import require_writer
from qms.trail.services import record

LONGEST = 1000


@transaction.atomic
def keep_answers(agency: Agency, answers: Mapping[str, str], *, by: User) -> None:
    """Keep what the agency says; what is empty or the same is passed over.

    Names are tokens' insides (`?so_dien_thoai`, `dia_chi`). Refuses people who do not write
    for the agency, names that nobody asks for, texts that are too long, and texts that hold a
    place to be filled themselves.
    """
    require_writer(by, agency)
    said = {name: nfc(text).strip() for name, text in answers.items()}
    said = {name: text for name, text in said.items() if text}
    _require_sound(said)
    before = dict(Answer.objects.filter(agency=agency).values_list("name", "text"))
    changed = {name: text for name, text in said.items() if before.get(name) != text}
    for name, text in changed.items():
        Answer.objects.update_or_create(
            agency=agency, name=name, defaults={"text": text, "changed_by": by}
        )
    if changed:
        record(by, "library.answered", agency, agency=agency, names=sorted(changed))


def _require_sound(said: Mapping[str, str]) -> None:
    slots = {f"?{name}" for name in Slot.objects.values_list("name", flat=True)}
    unknown = sorted(said.keys() - slots - fields.FIELDS.keys())
    if unknown:
        raise Unacceptable(_("Không có ô cần điền nào tên %s.") % ", ".join(unknown))
    for text in said.values():
        if len(text) > LONGEST:
            raise Unacceptable(_("Mỗi ô điền nhiều nhất %d ký tự.") % LONGEST)
        if ANY.search(text):
            raise Unacceptable(_("Ô cần điền không nhận dấu {{ }}. Nhập chữ thường."))
