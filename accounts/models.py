"""Who learns, writes, reviews and coordinates."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken, AuthTokenManager

from accounts import languages, municipalities, preferences
from accounts.fields import CaselessEmailField
from accounts.managers import UserManager


class User(AbstractBaseUser, PermissionsMixin):
    """One person's account; the e-mail address is the login.

    Personal data are `email`, `name`, `role`, `municipality`, `language`, `wants_answer_mail`, `listening_variety`
    (what somebody likes to hear first, not what they speak), `listening_speed`, `last_login` and `date_joined`.
    `delete()` erases them: first what each app has registered in `accounts.personal_data`, then this row and
    with it the addresses, keys and desk profile that hang on it. `accounts.services.erase_account` is how people
    do it themselves. Who somebody *is* is not stored: no ethnicity, nationality, religion, gender or date of
    birth, here or anywhere (a test watches).
    """

    class Role(models.TextChoices):
        """In which work somebody meets Roma families."""

        TEACHER = "teacher", _("Teacher")
        TEACHING_ASSISTANT = "teaching_assistant", _("Teaching assistant")
        SOCIAL_WORKER = "social_worker", _("Social worker")
        REGIONAL_EXPERT = "regional_expert", _("Regional expert")
        MEDIATOR = "mediator", _("Mediator")
        OTHER = "other", _("Other")

    email = CaselessEmailField(
        _("e-mail"), unique=True, error_messages={"unique": _("An account with this e-mail exists already.")}
    )
    name = models.CharField(_("name"), max_length=150, help_text=_("As it should appear to your course coordinator."))
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.OTHER)
    municipality = models.CharField(_("municipality"), max_length=6, choices=municipalities.choices, blank=True)
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=languages.choices,
        default="lv",
        help_text=_("Of letters to you, and of the editors' desk."),
    )
    wants_answer_mail = models.BooleanField(
        _("e-mail me about my answers"),
        default=True,
        help_text=_("A letter when a native reviewer has decided about an answer that you said should count."),
    )
    listening_variety = models.CharField(
        _("variety heard first"),
        max_length=50,
        blank=True,
        help_text=_("Where a word is recorded in several. Left empty, the course chooses."),
    )
    listening_speed = models.PositiveSmallIntegerField(
        _("speed of sounds"), choices=preferences.SPEEDS, null=True, blank=True
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Take this away instead of deleting an account to lock it.")
    )
    date_joined = models.DateTimeField(_("joined on"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        """The name as Wagtail's menu shows it; there is one name, not two."""
        return self.get_short_name()

    @first_name.setter
    def first_name(self, value: str) -> None:
        """Take no notice: sign-in with a work account offers the parts of a name, and its adapter keeps the whole."""

    def get_full_name(self) -> str:
        """Return the name as the person writes it; the CMS shows it beside what they did."""
        return self.name

    def get_short_name(self) -> str:
        """Return how a letter greets the person."""
        return self.name.split(" ")[0] or self.email

    @property
    def is_staff(self) -> bool:
        """Whether the person may enter the CMS; the groups decide."""
        return self.is_active and self.has_perm("wagtailadmin.access_admin")


class ApiToken(AbstractAuthToken):
    """A key with which a program or device acts for a person. Only its hash is kept.

    Personal data: `name`, `created`, `expiry`; goes with the account.
    """

    name = models.CharField(_("name"), max_length=60)

    objects = AuthTokenManager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name
