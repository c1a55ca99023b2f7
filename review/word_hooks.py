"""Wiring of the words' queue into Wagtail; imported by `wagtail_hooks`."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail import hooks

from cms.desk import ROWS, DeskPanel, DeskRow
from dictionary.models import SignOff
from dictionary.reviewing import RIGHT_TO_SIGN

from . import word_answers, word_name_views, word_views
from .parts import Part
from .words import waiting_count


@hooks.register("register_admin_urls")
def word_addresses() -> list[Any]:
    return [
        path("review/words/", word_views.words, name="review_words"),
        path("review/words/undo/", word_views.undo, name="review_words_undo"),
        path("review/words/again/", word_views.again, name="review_words_again"),
        path("review/words/name/", word_name_views.name, name="review_words_name"),
        path("review/words/mine/", word_name_views.mine, name="review_words_mine"),
        path("review/words/answers/<int:pk>/", word_answers.answer, name="review_word_answer"),
        path("review/words/<slug:code>/decide/", word_views.decide, name="review_word_decide"),
        path("review/words/<slug:code>/answers/", word_answers.answers, name="review_word_answers"),
    ]


@hooks.register("construct_review_parts")
def offer_words(request: HttpRequest, parts: list[Part]) -> None:
    if request.user.has_perm(RIGHT_TO_SIGN):
        parts.append(
            Part(
                name="words",
                title=_("Words"),
                text=_("Is this how you say it, and is this what it means?"),
                url=reverse("review_words"),
                count=partial(waiting_count, request.user),
                order=10,
            )
        )


class SaidPanel(DeskPanel):
    """Words about which a native reviewer says something that an editor has to answer."""

    name = "said-about-words"
    title = gettext_lazy("Words on which reviewers have something to say")
    order = 35

    @cached_property
    def said(self) -> QuerySet[SignOff]:
        return SignOff.objects.waiting().select_related("entry").order_by("created_at", "pk")

    def is_shown(self) -> bool:
        return bool(self.request.user.has_perm(word_answers.RIGHT_TO_ANSWER)) and self.said.exists()

    def rows(self) -> Sequence[DeskRow]:
        return [
            DeskRow(
                title=one.entry.text,
                url=word_answers.answers_url(one.entry),
                action=pgettext("do it", "Answer"),
                remark=self._remark(one),
                language="rml",
            )
            for one in self.said[:ROWS]
        ]

    @staticmethod
    def _remark(one: SignOff) -> str:
        said = one.form or f"{one.field_label}: {one.note}"[:80]
        return f"{one.get_verdict_display()}: {said}" if one.form else said

    def count(self) -> int:
        return self.said.count()


@hooks.register("construct_homepage_panels")
def show_what_reviewers_say(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(SaidPanel(request))
