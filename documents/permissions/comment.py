"""Who may settle a remark."""

from documents.models import Comment
from documents.permissions.people import Rule
from documents.permissions.version import may_write
from qms.agencies.models import User


def may_resolve(user: User, comment: Comment) -> bool:
    """Who said it, and those who write the text."""
    return comment.by_id == user.pk or may_write(user, comment.version)


RULES: dict[str, Rule] = {"resolve": may_resolve}
