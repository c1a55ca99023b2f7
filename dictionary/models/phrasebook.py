"""The phrasebook: for each situation at work a small page of words to say and to understand, in large print.

It holds no Romani of its own. Each line names an entry of the dictionary, which brings text, meaning, sound and
review state; the page adds only what the situation needs: word by word, how polite it is, whether to say it at all.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from cms.models import BasePage
from cms.models.base import Alternate

from ..blocks import EntryChooserBlock

PART = "+"
"""What stands between the parts of a gloss word by word: one part for each word of the phrase."""


class PhraseBlock(blocks.StructBlock):
    """One word or phrase for a situation."""

    entry = EntryChooserBlock(label=_("Word or phrase"))
    literal = blocks.CharBlock(
        label=_("Word by word"),
        required=False,
        max_length=160,
        help_text=_("The meaning of each word, with + between them: good + day. Only where each word is known."),
    )
    courtesy = blocks.CharBlock(
        label=_("Note of courtesy"), required=False, max_length=240, help_text=_("When it is polite, and to whom.")
    )
    understand_only = blocks.BooleanBlock(
        label=_("Understand only"),
        required=False,
        help_text=_("Not to be said to a person: a verb in its dictionary form, or a word that could hurt."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        # A draft may be kept before its word is chosen.
        words = cleaned["entry"].text.split() if cleaned["entry"] else []
        parts = literal_parts(cleaned["literal"])
        if words and parts and len(parts) != len(words):
            message = gettext("Words in “%(phrase)s”: %(words)d. Parts here: %(parts)d.") % {
                "phrase": cleaned["entry"].text,
                "words": len(words),
                "parts": len(parts),
            }
            raise blocks.StructBlockValidationError(block_errors={"literal": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "openquote"
        label = _("Word or phrase")


class SituationBlock(blocks.StructBlock):
    """A situation at work: what one can say there, what one may hear, and what nobody has told us yet."""

    heading = blocks.CharBlock(label=_("Situation"), max_length=60)
    key = blocks.RegexBlock(
        label=_("Address"),
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=40,
        error_messages={"invalid": _("Small letters without marks, digits and hyphens only.")},
        help_text=_("The end of the page's address, the same in every language: pie-durvim."),
    )
    introduction = blocks.TextBlock(label=_("When this helps"), required=False, max_length=240, rows=2)
    items = blocks.ListBlock(PhraseBlock(), label=_("Words and phrases"), min_num=1, max_num=20)
    questions = blocks.ListBlock(
        blocks.CharBlock(max_length=200),
        label=_("What we do not know yet"),
        default=[],
        max_num=6,
        help_text=_("Shown as a gap: a native speaker is asked, nothing is made up."),
    )

    class Meta:
        icon = "group"
        label = _("Situation")


class SituationsBlock(blocks.StreamBlock):
    """The situations of a phrasebook, each with an address of its own."""

    situation = SituationBlock()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        seen: set[str] = set()
        faults = {}
        for place, block in enumerate(cleaned):
            if block.value["key"] and block.value["key"] in seen:
                error = ValidationError(_("Another situation has this address already."))
                faults[place] = blocks.StructBlockValidationError(block_errors={"key": error})
            seen.add(block.value["key"])
        if faults:
            raise StreamBlockValidationError(block_errors=faults)
        return cleaned


@dataclass(frozen=True)
class Chip:
    """A situation as the list of them shows it."""

    key: str
    heading: str
    introduction: str
    count: int


@dataclass(frozen=True)
class Phrase:
    """One line of a situation. `literal` pairs each word of the phrase with its meaning."""

    entry: Any
    literal: list[tuple[str, str]]
    courtesy: str
    understand_only: bool


@dataclass(frozen=True)
class Situation:
    """One situation, ready to be shown."""

    key: str
    heading: str
    introduction: str
    phrases: list[Phrase]
    questions: list[str]

    @property
    def to_say(self) -> list[Phrase]:
        return [phrase for phrase in self.phrases if not phrase.understand_only]

    @property
    def to_understand(self) -> list[Phrase]:
        return [phrase for phrase in self.phrases if phrase.understand_only]

    @property
    def entries(self) -> list[Any]:
        return [phrase.entry for phrase in self.phrases]


class PhrasebookPage(RoutablePageMixin, BasePage):
    """The list of situations; each has its own address `<key>/`, small enough for a phone and a sheet of paper."""

    body = StreamField(SituationsBlock(), verbose_name=_("situations"), blank=True, max_num=12)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    page_description = _("Words for situations at work: to say, to show, to understand, to print.")
    template = "dictionary/phrasebook_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("phrasebook")
        verbose_name_plural = _("phrasebooks")

    @path("")
    def listing(self, request: HttpRequest) -> HttpResponse:
        """Show which situations there are."""
        return self.render(request)

    @path("<slug:key>/", name="situation")
    def one(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show one situation."""
        situation = self.situation(key)
        if situation is None:
            raise Http404
        address = f"{self.get_full_url(request)}{key}/"
        return self.render(
            request,
            template="dictionary/phrasebook_situation.html",
            context_overrides={"situation": situation, "address": address},
        )

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """Offer the list and each situation for the preview."""
        return [("", _("All situations")), *((chip.key, chip.heading) for chip in self.chips)]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return self.one(request, mode_name) if mode_name else self.listing(request)

    @cached_property
    def chips(self) -> list[Chip]:
        """Return the situations without their phrases; no query."""
        return [
            Chip(one["key"], one.get("heading") or "", one.get("introduction") or "", len(one.get("items") or []))
            for one in self._stored
            if one.get("key")
        ]

    @property
    def _stored(self) -> list[dict[str, Any]]:
        """Return the situations as they are stored, so that one can be shown without fetching the words of all."""
        return [block["value"] for block in self.body.raw_data]

    def situation(self, key: str) -> Situation | None:
        """Return one situation with its phrases, or None; a fixed number of queries. Deleted entries are left out."""
        stored = next((one for one in self._stored if one.get("key") == key), None)
        if stored is None:
            return None
        value = self.body.stream_block.child_blocks["situation"].bulk_to_python([stored])[0]
        return Situation(
            key=value["key"],
            heading=value["heading"],
            introduction=value["introduction"] or "",
            phrases=[_phrase(one) for one in value["items"] if one["entry"]],
            questions=[question for question in value["questions"] if question],
        )

    def alternates(self, request: HttpRequest) -> list[Alternate]:
        """Return this page in each language; a situation that another language lacks leads to its list."""
        key = self._address_below(request).strip("/")
        found = []
        for page in self.get_translations(inclusive=True).live().select_related("locale").order_by("locale_id"):
            rest = f"{key}/" if key in {chip.key for chip in page.chips} else ""
            if address := page.get_url(request):
                found.append(Alternate(page.locale.language_code, address + rest))
        return found


def literal_parts(text: str | None) -> list[str]:
    """Return the parts of a gloss word by word.

    >>> literal_parts("labs + diena")
    ['labs', 'diena']
    """
    return [part.strip() for part in (text or "").split(PART) if part.strip()]


def _phrase(value: Any) -> Phrase:
    entry, parts = value["entry"], literal_parts(value["literal"])
    words = entry.text.split()
    # The entry may have been changed after the gloss was written: better none than one that is shifted.
    literal = list(zip(words, parts, strict=True)) if len(words) == len(parts) else []
    return Phrase(entry, literal, value["courtesy"] or "", bool(value["understand_only"]))
