"""People, and the account of the clock."""

from functools import cached_property
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.agencies.standing import Standing


class Theme(models.TextChoices):
    LIGHT = "light", _("Sáng")
    DARK = "dark", _("Tối")
    AUTO = "auto", _("Theo máy")


class User(AbstractUser):
    """A person. Never deleted, only made inactive: the trail names them."""

    CLOCK = "clock"

    first_name = None  # type: ignore[assignment]  # Vietnamese names are one field
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("họ và tên"), max_length=120)
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.LIGHT)
    language = models.CharField(max_length=2, default="vi")

    REQUIRED_FIELDS = ["full_name"]

    objects: ClassVar[UserManager[Self]] = UserManager()

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self).rsplit(" ", 1)[-1]

    @property
    def initials(self) -> str:
        """First letters of the last two words, as on the avatar."""
        return "".join(word[0] for word in str(self).split()[-2:]).upper()

    @classmethod
    def clock(cls) -> Self:
        """The account that acts when a date arrives. Nobody can log in as it."""
        user, _created = cls.objects.get_or_create(
            username=cls.CLOCK, defaults={"is_active": False, "full_name": "Hệ thống"}
        )
        return user

    @property
    def is_clock(self) -> bool:
        return self.username == self.CLOCK

    @cached_property
    def standing(self) -> Standing:
        """Where this person works and as what, read once for the life of this object."""
        return Standing.of(self)
