"""Gap: complete an attested phrase, by picking or by typing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from dictionary.blocks import EntryChooserBlock

from ..grading import Expected, Grade, combine, grade_text
from .answers import (
    asked_of,
    clean_forms,
    clean_hints,
    counts_field,
    forms_field,
    hints_field,
    kept_options,
    known_wrong_field,
    shown_options,
)
from .base import (
    MOST_PARTS,
    Definition,
    ExerciseBlock,
    ExerciseType,
    in_language,
    need,
    need_texts,
    plain_list,
    shuffled,
)

MODES = [("pick", gettext_lazy("Pick from options")), ("type", gettext_lazy("Type it"))]


class OneGapBlock(blocks.StructBlock):
    answer = blocks.CharBlock(label=gettext_lazy("Missing part"), max_length=60)
    distractors = blocks.ListBlock(
        blocks.CharBlock(label=gettext_lazy("Wrong option"), max_length=60),
        label=gettext_lazy("Wrong options"),
        default=[],
    )
    accept = forms_field(gettext_lazy("Also right here"), gettext_lazy("Only where one types."))

    class Meta:
        label = gettext_lazy("Gap")
        icon = "minus"


class GapBlock(ExerciseBlock):
    item = EntryChooserBlock(label=gettext_lazy("Phrase"))
    mode = blocks.ChoiceBlock(choices=MODES, default="pick", label=gettext_lazy("How it is answered"))
    gaps = blocks.ListBlock(OneGapBlock(), label=gettext_lazy("Gaps, from left to right"), min_num=1, max_num=5)
    counts = counts_field()
    known_wrong = known_wrong_field()
    hints = hints_field()

    class Meta:
        label = gettext_lazy("Gap")
        icon = "minus"

    def check_whole(self, cleaned: Any) -> Any:
        message = ""
        answers = [gap["answer"] for gap in cleaned["gaps"]]
        if cut(cleaned["item"].text, answers) is None:
            message = _("The missing parts must stand in “%(phrase)s” as whole words, from left to right.") % {
                "phrase": cleaned["item"].text
            }
        elif cleaned["mode"] == "pick" and not all(len(gap["distractors"]) for gap in cleaned["gaps"]):
            message = _("A gap to pick for needs at least one wrong option.")
        elif any(gap["answer"] in list(gap["distractors"]) for gap in cleaned["gaps"]):
            message = _("The right part must not stand among the wrong options.")
        errors = ({"gaps": ValidationError(message)} if message else {}) | clean_hints(cleaned)
        if len(answers) == 1:
            # Of several gaps, the right part of one may be the known mistake in another.
            errors |= clean_forms(cleaned, [answers[0], *cleaned["gaps"][0]["accept"]])
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned


def cut(phrase: str, answers: list[str]) -> list[str] | None:
    """Return the pieces of the phrase around its gaps (one more than gaps), or None if a gap is not in it."""
    pieces, rest = [], f" {phrase} "
    for answer in answers:
        before, found, rest = rest.partition(f" {answer} ")
        if not found:
            return None
        pieces.append(f"{before} ")
        rest = f" {rest}"
    pieces.append(rest)
    return [piece.strip() for piece in pieces]


def variants_in(pieces: list[str], answers: list[str], variants: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    """Return for each gap the other forms that variants of the phrase have in its place.

    A variant counts that is the phrase with this one gap filled differently: then it is clear what stands where.
    """
    parts = [pieces[0], *(part for pair in zip(answers, pieces[1:], strict=True) for part in pair)]
    found = []
    for place, answer in enumerate(answers):
        before = "".join(f"{part} " for part in parts[: 2 * place + 1] if part)
        after = "".join(f" {part}" for part in parts[2 * place + 2 :] if part)
        own = []
        for one in variants:
            form = one["form"].removeprefix(before).removesuffix(after)
            if form not in ("", answer) and before + form + after == one["form"]:
                own.append({"form": form, "variety": one["variety"]})
        found.append(own)
    return found


class Gap(ExerciseType):
    name = "gap"
    block = GapBlock
    empty_text = gettext_lazy("Fill in at least one gap or choose “I don't know”.")

    def entries(self, value):
        return [value["item"]] if value.get("item") else []

    def define(self, value, words):
        item = words[value["item"]]
        gaps = [_gap(one, value["mode"]) for one in plain_list(value.get("gaps"))]
        answers = [gap["answer"] for gap in gaps]
        pieces = cut(item["text"], answers)
        if pieces and value["mode"] == "type":
            for gap, variants in zip(gaps, variants_in(pieces, answers, item["variants"]), strict=True):
                gap |= {"variants": variants} if variants else {}
        # The phrase was respelt in the dictionary since: show the gaps alone rather than nothing.
        return {
            "item": item,
            "mode": value["mode"],
            "gaps": gaps,
            "pieces": pieces or [""] * (len(gaps) + 1),
            "others": {},
            **kept_options(value),
        }

    def texts(self, definition):
        typed = definition["gaps"] if definition["mode"] == "type" else ()
        return [one.form for gap in typed for one in expected_in(gap)]

    def payload(self, definition, language, seed):
        picks = definition["mode"] == "pick"
        gaps = [
            {"options": shuffled([gap["answer"], *gap["distractors"]], f"{seed}{place}") if picks else []}
            for place, gap in enumerate(definition["gaps"])
        ]
        return {
            "question": _("Complete the phrase: “%(meaning)s”")
            % {"meaning": in_language(definition["item"]["meaning"], language)},
            "audio": None,
            "pieces": definition["pieces"],
            "gaps": gaps,
            "lang": "rml",
            **shown_options(definition, language),
        }

    def read(self, answer):
        return need_texts(need(answer, "gaps", list), "gaps")

    def grade(self, definition, content):
        gaps = definition["gaps"]
        if len(content) != len(gaps):
            raise ValidationError(
                {"answer.gaps": _("Please send one text for each of the %(count)d gaps.") % {"count": len(gaps)}}
            )
        grades = [_grade_gap(definition, gap, text) for gap, text in zip(gaps, content, strict=True)]
        return grades[0] if len(grades) == 1 else combine(grades)

    def form_answer(self, data):
        # Radio buttons of which none is picked send nothing: the form says how many gaps it had.
        count = data.get("gaps", "")
        places = range(min(int(count), MOST_PARTS) if count.isdecimal() and len(count) < 4 else 0)
        return {"gaps": [data.get(f"gap-{place}", "") for place in places]}

    def said(self, definition, content, language):
        return ", ".join(text for text in content["gaps"] if text), "rml"

    def answer_from_line(self, definition, line):
        # A bar between the texts of several gaps.
        return {"gaps": [text.strip() for text in line.split("|")]} if definition["mode"] == "type" else None

    def solution(self, definition):
        item = definition["item"]
        return {"romani": item["text"], "meaning": item["meaning"], "audio": item["audio"]}


def _gap(stored: Any, mode: str) -> Definition:
    gap = {"answer": stored["answer"], "distractors": plain_list(stored.get("distractors"))}
    more = {"accept": plain_list(stored.get("accept")), "accepted": []} if mode == "type" else {}
    return gap | more


def expected_in(gap: Definition) -> list[Expected]:
    """Return the forms that count in a gap: the phrase's, the dictionary's others, the author's."""
    others = [*gap.get("variants", ()), *gap.get("accepted", ())]
    others += [{"form": form, "variety": ""} for form in gap.get("accept", ())]
    return [Expected(gap["answer"]), *(Expected(one["form"], one["variety"], is_headword=False) for one in others)]


def _grade_gap(definition: Definition, gap: Definition, text: str) -> Grade:
    asked = asked_of(definition)
    if definition["mode"] == "type":
        return grade_text(text, expected_in(gap), definition["others"], asked)
    right = text == gap["answer"]
    facts: dict[str, Any] = {"written": text, "matched": gap["answer"], "variety": ""}
    if not right and text in asked.known:
        facts |= {"known": list(asked.known).index(text), "feedback": "wrong.known"}
    return Grade("exact" if right else "wrong", float(right), facts)


TYPE = Gap()
