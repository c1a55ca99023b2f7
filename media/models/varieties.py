"""The varieties of Romani that content can be in. Which one is taught is data, never an assumption in code."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

language_tag = RegexValidator(
    r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$", _("Write a language tag of letters, digits and hyphens, such as rml-LV.")
)


class VarietyManager(models.Manager["Variety"]):
    def get_by_natural_key(self, code: str) -> "Variety":
        return self.get(code=code)


class Variety(models.Model):
    """One variety of Romani, such as that of Latvia. No personal data."""

    code = models.SlugField(
        _("code"), unique=True, help_text=_("Short name in files and addresses; do not change it later.")
    )
    bcp47 = models.CharField(
        _("language tag"), max_length=35, validators=[language_tag], help_text=_("By BCP 47, such as rml-LV.")
    )
    name_lv = models.CharField(_("name in Latvian"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    is_taught = models.BooleanField(
        _("taught in the course"),
        default=False,
        help_text=_("Words of other varieties may be shown with their label; they are not taught as Latvian Romani."),
    )

    objects = VarietyManager()

    class Meta:
        verbose_name = _("variety")
        verbose_name_plural = _("varieties")
        ordering = ["-is_taught", "code"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    @property
    def name(self) -> str:
        """Return the name in the language of the page."""
        return self.name_en if get_language() == "en" else self.name_lv
