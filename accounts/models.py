"""People who use the site."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .municipalities import MUNICIPALITIES


class UserManager(BaseUserManager["User"]):
    """Makes users; e-mail addresses are kept in lower case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account; the e-mail address is the login.

    Personal data: e-mail, name, role, municipality, language, last sign-in. All of it goes when the account is
    erased. Nothing about ethnicity, religion, gender or age is asked for or kept.
    """

    class Role(models.TextChoices):
        TEACHER = "teacher", _("teacher")
        TEACHING_ASSISTANT = "teaching_assistant", _("teaching assistant")
        SOCIAL_WORKER = "social_worker", _("social worker")
        REGIONAL_EXPERT = "regional_expert", _("regional expert")
        MEDIATOR = "mediator", _("mediator")
        OTHER = "other", _("other")

    LANGUAGES = [("lv", "Latviešu"), ("en", "English")]

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.OTHER)
    municipality = models.CharField(_("municipality"), max_length=6, choices=MUNICIPALITIES, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES, default="lv")
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = self.email.lower()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email

    @property
    def is_staff(self) -> bool:
        """Whether the person may enter the CMS; the groups decide."""
        return self.is_active and self.has_perm("wagtailadmin.access_admin")
