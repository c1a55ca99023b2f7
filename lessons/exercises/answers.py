"""What authors may say about typed answers, for every type in which one types: what counts, what else is right,
what is not, words for known mistakes, hints."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from dictionary.spelling import Rules, plain

from ..grading import Asked
from .base import Definition, Payload, Value, in_language, plain_list

COUNTS = [
    ("", gettext_lazy("other variants and spellings too, as usual")),
    ("exact", gettext_lazy("only the course's own form")),
    ("variant", gettext_lazy("other variants too, other spellings not")),
    ("near", gettext_lazy("near misses too")),
]
MOST_FORMS = 20
LONGEST_FORM = 120
MOST_HINTS = 5
WHOLE = 100
"""Per cent: more than an exercise gives no hints can cost."""


class KnownWrongBlock(blocks.StructBlock):
    answer = blocks.CharBlock(label=gettext_lazy("Wrong answer"), max_length=LONGEST_FORM)
    text_lv = blocks.CharBlock(label=gettext_lazy("What to say in Latvian"), max_length=300)
    text_en = blocks.CharBlock(label=gettext_lazy("What to say in English"), max_length=300, required=False)

    class Meta:
        label = gettext_lazy("Known wrong answer")
        icon = "help"


class HintBlock(blocks.StructBlock):
    text_lv = blocks.CharBlock(label=gettext_lazy("Hint in Latvian"), max_length=200)
    text_en = blocks.CharBlock(label=gettext_lazy("Hint in English"), max_length=200, required=False)
    cost = blocks.IntegerBlock(
        label=gettext_lazy("What it costs, per cent of the exercise's points"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Left empty: nothing. It counts in quizzes alone; in lessons hints are free."),
    )

    class Meta:
        label = gettext_lazy("Hint")
        icon = "help"


def counts_field() -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(choices=COUNTS, default="", required=False, label=gettext_lazy("What counts as right"))


def forms_field(label: Any, help_text: Any = "") -> blocks.ListBlock:
    form = blocks.CharBlock(label=gettext_lazy("Form"), max_length=LONGEST_FORM)
    return blocks.ListBlock(form, label=label, default=[], max_num=MOST_FORMS, help_text=help_text)


def known_wrong_field() -> blocks.ListBlock:
    return blocks.ListBlock(
        KnownWrongBlock(),
        label=gettext_lazy("Known wrong answers"),
        default=[],
        max_num=MOST_FORMS,
        help_text=gettext_lazy("What a learner reads who answers so, beside the usual verdict."),
    )


def hints_field() -> blocks.ListBlock:
    return blocks.ListBlock(
        HintBlock(),
        label=gettext_lazy("Hints"),
        default=[],
        max_num=MOST_HINTS,
        help_text=gettext_lazy("Opened one after another, before the answer; they cost nothing unless you say so."),
    )


def kept_options(value: Value) -> Definition:
    """Return what a stored value says beyond the usual, as a definition keeps it; what was left empty is left out."""
    found = {
        "counts": value.get("counts") or "",
        "any_order": bool(value.get("any_order")),
        "accept": plain_list(value.get("accept")),
        "exclude": plain_list(value.get("exclude")),
        "known": [{"answer": one["answer"], "text": _texts(one)} for one in plain_list(value.get("known_wrong"))],
        "hints": [_texts(one) for one in plain_list(value.get("hints"))],
        "hint_costs": hint_costs(value),
    }
    return {name: kept for name, kept in found.items() if kept}


def hint_costs(value: Value) -> list[int]:
    """Return what an author says that the hints cost, in their order; nothing where all are free."""
    costs = [one.get("cost") or 0 for one in plain_list(value.get("hints"))]
    return costs if any(costs) else []


def _texts(value: Value) -> dict[str, str]:
    return {language: value[f"text_{language}"] for language in ("lv", "en") if value.get(f"text_{language}")}


def asked_of(definition: Definition) -> Asked:
    """Return how an exercise is judged, of its definition as it is now or as an attempt kept it before."""
    return Asked(
        rules=Rules.from_dict(definition.get("rules", {})),
        counts=definition.get("counts", "spelling"),
        knows_neighbours=definition.get("grading", 1) >= 2,
        any_order=definition.get("any_order", False),
        excluded=definition.get("exclude", ()),
        known=[one["answer"] for one in definition.get("known", ())],
        own=definition["item"]["code"],
    )


def shown_options(definition: Definition, language: str) -> Payload:
    """Return what a learner may know before answering: whether marks must be written, and the hints in their order."""
    return {
        "is_strict": definition.get("counts") in ("exact", "variant"),
        "hints": [in_language(text, language) for text in definition.get("hints", ())],
    }


def clean_forms(cleaned: Any, right: Iterable[str]) -> dict[str, ValidationError]:
    """Return what is wrong with an author's forms, by field: a right form can be neither left out nor called wrong."""
    errors: dict[str, ValidationError] = {}
    wanted = {plain(form) for form in right}
    accepted = {plain(form) for form in cleaned.get("accept", ())}
    for field, forms in (
        ("exclude", list(cleaned.get("exclude", ()))),
        ("known_wrong", [one["answer"] for one in cleaned["known_wrong"]]),
    ):
        clash = next((form for form in forms if plain(form) in wanted | accepted), None)
        if clash is not None:
            errors[field] = ValidationError(_("“%(form)s” is a right answer.") % {"form": clash})
    return errors


def clean_hints(cleaned: Any) -> dict[str, ValidationError]:
    """Return what is wrong with an author's hints, by field: together they cost no more than the exercise gives."""
    if sum(hint_costs(cleaned)) <= WHOLE:
        return {}
    return {"hints": ValidationError(_("All hints together may cost at most 100 per cent."))}
