"""Types of requests, for annotations. No behaviour."""

from django.http import HttpRequest

from qms.agencies.models import User


class UserRequest(HttpRequest):
    """A request that has passed LoginRequiredMiddleware."""

    user: User
