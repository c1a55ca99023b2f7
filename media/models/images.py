"""The site's own image model: an image without a description does not get in."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition


class CourseImage(AbstractImage):
    """A picture of the course, described for those who cannot see it.

    Holds personal data if people can be recognised in it: then their consent comes first. Erased with its files.
    """

    description = models.CharField(
        _("description (alt text)"),
        max_length=255,
        help_text=_("What someone who cannot see the picture must know, in one sentence."),
    )
    credit = models.CharField(_("author and licence"), max_length=255, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class CourseRendition(AbstractRendition):
    """An image in one size and format. No personal data."""

    image = models.ForeignKey(CourseImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="unique_course_rendition")
        ]
