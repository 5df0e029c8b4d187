"""Public face of the notices: tell a person once; mail it; where a due day stands."""

from qms.notices.services.mailing import mail_owed
from qms.notices.services.reminding import Stage, stage_of
from qms.notices.services.taking_back import take_back
from qms.notices.services.telling import notify

__all__ = ["Stage", "mail_owed", "notify", "stage_of", "take_back"]
