"""What a lesson is made of, in the field's own words: text, words, dialogue, grammar, culture, situations,
gap, image, recording, practice. A block with a heading is a step of the lesson."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks import INLINE_FEATURES, TEXT_FEATURES, ImageBlock
from dictionary.blocks import EntryChooserBlock
from media.blocks import RecordingChooserBlock


class SideBlock(blocks.StructBlock):
    """A remark in the margin: a sound, a caution."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=60)
    text = blocks.RichTextBlock(label=_("Text"), features=INLINE_FEATURES, required=False)

    class Meta:
        label = _("Remark in the margin")
        collapsed = True


def heading(**kwargs: Any) -> blocks.CharBlock:
    return blocks.CharBlock(label=_("Heading"), max_length=80, **kwargs)


class TextBlock(blocks.StructBlock):
    heading = heading(required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    side = SideBlock()

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "lessons/blocks/text.html"


class WordsBlock(blocks.StructBlock):
    heading = heading(default="Vārdi")
    introduction = blocks.CharBlock(label=_("Introduction"), required=False, max_length=250)
    items = blocks.ListBlock(
        EntryChooserBlock(label=_("Word or phrase")), label=_("Words and phrases"), min_num=1, max_num=20
    )
    side = SideBlock()

    class Meta:
        icon = "list-ul"
        label = _("Words")
        template = "lessons/blocks/words.html"


class LineBlock(blocks.StructBlock):
    speaker = blocks.CharBlock(label=_("Who speaks"), max_length=40)
    item = EntryChooserBlock(
        label=_("Word or phrase"), required=False, help_text=_("Left empty, the line waits for a native speaker.")
    )
    meaning = blocks.CharBlock(
        label=pgettext_lazy("line of a dialogue", "What is said"), required=False, max_length=200
    )
    question = blocks.CharBlock(
        label=_("Question to the native speaker"), required=False, max_length=250, help_text=_("For an empty line.")
    )

    class Meta:
        label = _("Line")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["item"] and not cleaned["question"]:
            error = ValidationError(gettext("Choose what is said, or write what to ask a native speaker."))
            raise blocks.StructBlockValidationError(block_errors={"item": error})
        return cleaned


class DialogueBlock(blocks.StructBlock):
    heading = heading(default="Saruna")
    scene = blocks.RichTextBlock(label=_("Scene"), features=INLINE_FEATURES)
    lines = blocks.ListBlock(LineBlock(), label=_("Lines"), min_num=1, max_num=20)

    class Meta:
        icon = "openquote"
        label = _("Dialogue")
        template = "lessons/blocks/dialogue.html"


class PairBlock(blocks.StructBlock):
    form = blocks.CharBlock(label=_("Romani form"), max_length=80)
    note = blocks.CharBlock(label=_("What it says"), max_length=120)

    class Meta:
        label = _("Form")
        romani = ("form",)


class GrammarBlock(blocks.StructBlock):
    heading = heading()
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    pairs = blocks.ListBlock(PairBlock(), label=_("Forms side by side"), default=[], max_num=8)
    evidence = blocks.TextBlock(
        label=_("How we know"), max_length=600, rows=2, help_text=_("The source and the place in it.")
    )
    side = SideBlock()

    class Meta:
        icon = "form"
        label = _("Grammar")
        template = "lessons/blocks/grammar.html"


class CultureBlock(blocks.StructBlock):
    heading = heading()
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=250)
    is_open = blocks.BooleanBlock(
        label=_("Waits for the community"), required=False, help_text=_("To be written by the community, not by us.")
    )
    waits_for = blocks.CharBlock(label=_("Whom it waits for"), required=False, max_length=150)
    side = SideBlock()

    class Meta:
        icon = "group"
        label = _("Culture")
        template = "lessons/blocks/culture.html"


class SituationBlock(blocks.StructBlock):
    who = blocks.CharBlock(label=_("For whom"), max_length=60)
    text = blocks.TextBlock(label=_("Situation"), max_length=400, rows=2)

    class Meta:
        label = _("Situation")


class SituationsBlock(blocks.StructBlock):
    heading = heading(default="Jūsu darbā")
    situations = blocks.ListBlock(SituationBlock(), label=_("Situations"), min_num=1, max_num=6)

    class Meta:
        icon = "user"
        label = _("At work")
        template = "lessons/blocks/situations.html"


class GapBlock(blocks.StructBlock):
    """What the sources do not tell. Each question is a task for a native reviewer."""

    heading = heading(default="Ko vēl nezinām")
    questions = blocks.ListBlock(
        blocks.CharBlock(label=_("Question to the native speaker"), max_length=250),
        label=_("Questions"),
        min_num=1,
        max_num=12,
    )

    class Meta:
        icon = "help"
        label = _("What we do not know yet")
        template = "lessons/blocks/gap.html"


class RecordingBlock(blocks.StructBlock):
    recording = RecordingChooserBlock(label=_("Recording"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "media"
        label = _("Recording")
        template = "lessons/blocks/recording.html"


class ExerciseChooserBlock(SnippetChooserBlock):
    """Choose one exercise of the bank. In the API it is the exercise's uuid, its name outside."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("lessons.Exercise", **kwargs)

    def get_api_representation(self, value: Any, context: Any = None) -> str | None:
        return str(value.uuid) if value else None

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "wagtail.snippets.blocks.SnippetChooserBlock", ["lessons.Exercise"], {}


class PracticeBlock(blocks.StructBlock):
    """An exercise in place. It is graded at once and nothing of it is kept."""

    heading = heading(default="Izmēģiniet")
    exercise = ExerciseChooserBlock(label=_("Exercise"))

    class Meta:
        icon = "check"
        label = _("Practice")
        template = "lessons/blocks/practice.html"


class LessonBodyBlock(blocks.StreamBlock):
    words = WordsBlock()
    text = TextBlock()
    dialogue = DialogueBlock()
    grammar = GrammarBlock()
    culture = CultureBlock()
    situations = SituationsBlock()
    practice = PracticeBlock()
    gap = GapBlock()
    image = ImageBlock()
    recording = RecordingBlock()
