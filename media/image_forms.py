"""What may become an image. Wagtail looks at the name, the kind and the size; here the picture itself is looked at."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class WholeImageField(WagtailImageField):
    """Takes pictures that can really be opened.

    Wagtail reads the beginning of the file only: a picture that says it has billions of pixels, or
    one that breaks off, would be an error of the server now, or later on every page that shows it.
    """

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file is not None:
                self._decode(file)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            message = _("The picture has too many pixels. Make it smaller and choose it again.")
            raise ValidationError(message, code="file_too_many_pixels") from error
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            # What Pillow's readers raise for a file that is not whole.
            message = _("The picture is damaged or incomplete. Copy or export it again.")
            raise ValidationError(message, code="invalid_image") from error
        return file

    @staticmethod
    def _decode(file: Any) -> None:
        file.seek(0)
        with Image.open(file) as picture:
            picture.load()
        file.seek(0)


class CourseImageForm(BaseImageForm):
    """The form of every image upload: alone, several at once, or while choosing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = WholeImageField(label=field.label, required=field.required, widget=field.widget)
