"""By what right somebody signs; a record of approval and a decision on paper use the same words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Capacity(models.TextChoices):
    """In whose place a person signs (Nghị định 30/2020, Annex I)."""

    OWN = "", _("Ký trực tiếp")
    ON_BEHALF = "TM.", _("TM. (thay mặt tập thể)")
    ACTING = "Q.", _("Q. (quyền)")
    FOR_HEAD = "KT.", _("KT. (ký thay)")
    BY_ORDER = "TL.", _("TL. (thừa lệnh)")
    BY_AUTHORISATION = "TUQ.", _("TUQ. (thừa ủy quyền)")


# Those above whose signature stands the position of the head.
FOR_THE_HEAD = (Capacity.FOR_HEAD, Capacity.BY_ORDER, Capacity.BY_AUTHORISATION)
