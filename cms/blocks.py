"""Blocks that pages of every room may use."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from media.blocks import RecordingChooserBlock

INLINE_FEATURES = ["bold", "italic", "link", "romani"]
TEXT_FEATURES = [*INLINE_FEATURES, "ul", "ol"]


class TextBlock(blocks.RichTextBlock):
    """Running text. Romani words in it are marked as such and so set in their own face."""

    def __init__(self, required=True, help_text=None, features=None, **kwargs):
        super().__init__(required=required, help_text=help_text, features=features or TEXT_FEATURES, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs and lists. Mark Romani words as Romani.")
        template = "cms/blocks/text.html"
        preview_value = "<p>Šeit ir īss teksts.</p>"


class ImageBlock(blocks.StructBlock):
    """A picture. Its alternative text is the image's own, required where it was uploaded."""

    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("One picture with a caption under it.")
        template = "cms/blocks/image.html"


class GapBlock(blocks.StructBlock):
    """What is not known yet, shown as a gap instead of being filled with something invented."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "help"
        label = _("What we do not know yet")
        description = _("An honest gap: said openly, in a dashed box.")
        template = "cms/blocks/gap.html"


class ContentBlocks(blocks.StreamBlock):
    """The body of a content page."""

    text = TextBlock(features=["h2", "h3", *TEXT_FEATURES])
    image = ImageBlock()
    gap = GapBlock()


class PathBlock(blocks.StructBlock):
    """A situation in which the language helps, with the first word for it."""

    title = blocks.CharBlock(label=_("Where"), max_length=60)
    text = blocks.TextBlock(label=_("What happens there"), max_length=200, rows=2)
    romani = blocks.CharBlock(
        label=_("Romani word"), required=False, max_length=60, help_text=_("Only a word with a source.")
    )
    gloss = blocks.CharBlock(label=_("Its meaning"), required=False, max_length=80)
    recording = RecordingChooserBlock(label=_("Its recording"), required=False)
    page = blocks.PageChooserBlock(label=_("Page about it"), required=False)

    class Meta:
        icon = "arrow-right"
        template = "cms/blocks/path.html"
        romani = ("romani",)
        label = _("Situation")
        description = _("Where the language helps, with a word to hear and a page to begin with.")
