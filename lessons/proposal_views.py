"""“Made from words”: an author picks words, looks at proposed exercises, and takes what is good into the bank."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.blocks import BlockField, StreamBlock
from wagtail.snippets.widgets import AdminSnippetChooser

from dictionary.blocks import EntryChooserBlock

from .exercises import is_self_judged
from .making import Made, Shown, add_as_practice, add_to_quiz, make_exercises, shown_proposals, word_facts
from .models import Exercise, LessonPage, Quiz
from .proposals import KINDS, MOST_WORDS, propose
from .signal_handlers import taught_entries

KIND_NAMES = {
    "choice-listen": gettext_lazy("Choice: hear it, pick the meaning"),
    "choice-meaning": gettext_lazy("Choice: see it, pick the meaning"),
    "choice-form": gettext_lazy("Choice: see the meaning, pick the Romani"),
    "choice-picture": gettext_lazy("Choice: see a picture, pick the Romani (words with a picture)"),
    "choice-pictures": gettext_lazy("Choice: see it, pick the picture (words with a picture)"),
    "choice-sounds": gettext_lazy("Choice: see the meaning, pick the Romani by ear"),
    "match-listen": gettext_lazy("Match: hear the words"),
    "match-meaning": gettext_lazy("Match: see the words"),
    "order": gettext_lazy("Order: for phrases"),
    "gap": gettext_lazy("Gap: for phrases"),
    "type-dictation": gettext_lazy("Writing: dictation"),
    "type-translate": gettext_lazy("Writing: translation"),
    "type-meaning": gettext_lazy("Writing: what it means"),
    "speak": gettext_lazy("Speak: say it and compare (practice only)"),
    "flashcards": gettext_lazy("Flashcards (practice only)"),
}


class WordsForm(forms.Form):
    """Which words, and what kinds of exercise."""

    words = BlockField(
        block=StreamBlock([("word", EntryChooserBlock(label=gettext_lazy("Word or phrase")))], max_num=MOST_WORDS),
        label=gettext_lazy("Words and phrases"),
        help_text=gettext_lazy("At most 30. Wrong options come from the dictionary by themselves."),
    )
    kinds = forms.MultipleChoiceField(
        choices=list(KIND_NAMES.items()),
        initial=list(KINDS),
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Kinds of exercise"),
        help_text=gettext_lazy(
            "A dialogue and places in a picture cannot be made from words: they need a scene that you write yourself."
        ),
    )


class PlaceForm(forms.Form):
    """Where accepted exercises go besides the bank."""

    quiz = forms.ModelChoiceField(
        Quiz.objects.all(),
        required=False,
        widget=AdminSnippetChooser(Quiz),
        label=gettext_lazy("Also put them into a quiz"),
    )
    practice = forms.BooleanField(
        required=False, label=gettext_lazy("Also put them as practice at the end of the lesson's draft")
    )


class _FromWords(WagtailAdminTemplateMixin, TemplateView):
    """What both steps need: the right to add exercises, and the lesson that the words come from, if any."""

    page_title = gettext_lazy("Exercises made from words")
    header_icon = "check"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("lessons.add_exercise"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def lesson(self) -> LessonPage | None:
        given = self.request.GET.get("lesson", "")
        if not given:
            return None
        lesson = LessonPage.objects.filter(pk=given).first() if given.isdecimal() and len(given) < 10 else None
        if lesson is None or not lesson.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return lesson

    def get_page_subtitle(self) -> str:
        return self.lesson.get_admin_display_title() if self.lesson else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        bank = {"url": reverse(Exercise.snippet_viewset.get_url_name("list")), "label": _("Exercises")}  # type: ignore[attr-defined]
        return [*self.breadcrumbs_items, bank, {"url": "", "label": self.page_title, "sublabel": self.page_subtitle}]


class PickWordsView(_FromWords):
    """First the words: those of the lesson, or any of the dictionary."""

    template_name = "lessons/admin/pick_words.html"

    def form(self, data: QueryDict | None = None) -> WordsForm:
        chosen = taught_entries(self.lesson.get_latest_revision_as_object()) if self.lesson else []
        block = WordsForm.base_fields["words"].block  # type: ignore[attr-defined]
        stored = [{"type": "word", "value": pk} for pk in list(dict.fromkeys(chosen))[:MOST_WORDS]]
        return WordsForm(data, initial={"words": block.to_python(stored)})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        query = QueryDict(mutable=True)
        query.setlist("word", [str(pk) for pk in dict.fromkeys(one.value.pk for one in form.cleaned_data["words"])])
        query.setlist("kind", form.cleaned_data["kinds"])
        if self.lesson:
            query["lesson"] = str(self.lesson.pk)
        return redirect(f"{reverse('exercise-proposals')}?{query.urlencode()}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or self.form()
        return super().get_context_data(**kwargs) | {"form": form, "media": form.media}


class ProposalsView(_FromWords):
    """Then the proposals, each as a learner would see it, to accept, to change or to drop.

    The address says it all: the same words, kinds and seed show the same proposals, so what is accepted here is
    what was seen, and sending it again makes nothing new.
    """

    template_name = "lessons/admin/proposals.html"
    breadcrumbs_items = [
        *_FromWords.breadcrumbs_items,
        {"url": reverse_lazy("exercises-from-words"), "label": gettext_lazy("Words")},
    ]

    @cached_property
    def seed(self) -> int:
        given = self.request.GET.get("seed", "")
        return int(given) if given.isdecimal() and len(given) < 6 else 1

    @cached_property
    def shown(self) -> list[Shown]:
        given = self.request.GET.getlist("word")[:MOST_WORDS]
        words, pool = word_facts([int(pk) for pk in given if pk.isdecimal() and len(pk) < 10])
        if not words:
            raise Http404
        found = propose(words, pool, kinds=self.request.GET.getlist("kind"), seed=str(self.seed))
        return shown_proposals(found, "lv")

    def place_form(self, data: QueryDict | None = None) -> PlaceForm:
        form = PlaceForm(data)
        if not self.request.user.has_perm("lessons.change_quiz"):
            del form.fields["quiz"]
        lock = self.lesson.get_lock() if self.lesson else None
        if self.lesson is None or (lock and lock.for_user(self.request.user)):
            del form.fields["practice"]
        return form

    def post(self, request: HttpRequest) -> HttpResponse:
        form, by_key = self.place_form(request.POST), {one.key: one for one in self.shown}
        change = request.POST.get("change", "")
        accepted = [key.removeprefix("take-") for key, value in request.POST.items() if value == "accept"]
        wanted = list(dict.fromkeys([*(key for key in [change] if key), *accepted]))
        if not form.is_valid() or not wanted:
            if not wanted:
                messages.error(request, _("Accept at least one proposal."))
            return self.render_to_response(self.get_context_data(form=form))
        made = make_exercises(proposals=[by_key[key].proposal for key in wanted if key in by_key], user=request.user)
        self._tell(made, [key for key in wanted if key not in by_key])
        self._place(form, made)
        if change in by_key and (exercise := next((one for one in made.all if str(one.uuid) == change), None)):
            return redirect(Exercise.snippet_viewset.get_url_name("edit"), exercise.pk)  # type: ignore[attr-defined]
        return redirect(request.get_full_path())

    def _tell(self, made: Made, gone: list[str]) -> None:
        if made.new:
            text = ngettext(
                "%(count)d draft is new in the bank.", "%(count)d drafts are new in the bank.", len(made.new)
            )
            messages.success(self.request, text % {"count": len(made.new)})
        if made.known:
            text = ngettext(
                "%(count)d was in the bank already.", "%(count)d were in the bank already.", len(made.known)
            )
            messages.warning(self.request, text % {"count": len(made.known)})
        for refusal in made.refused:
            messages.error(self.request, refusal)
        if gone:
            messages.error(
                self.request, _("The dictionary has changed meanwhile. Please look at the proposals once more.")
            )

    def _place(self, form: PlaceForm, made: Made) -> None:
        quiz, practice = form.cleaned_data.get("quiz"), form.cleaned_data.get("practice")
        if quiz and made.all:
            count = add_to_quiz(quiz=quiz, exercises=made.all, user=self.request.user)
            text = _("New in the quiz “%(title)s”: %(count)d. Learners meet them once they are published.")
            messages.success(self.request, text % {"title": quiz.title_lv, "count": count})
            if any(is_self_judged(one.type) for one in made.all):
                text = _("Flashcards and speaking are for practice only: they were not put into the quiz.")
                messages.warning(self.request, text)
        if practice and self.lesson and made.all:
            count = add_as_practice(lesson=self.lesson, exercises=made.all, user=self.request.user)
            text = _("New in the lesson's draft: %(count)d.")
            messages.success(self.request, text % {"count": count})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or self.place_form()
        again = self.request.GET.copy()
        again["seed"] = str(self.seed + 1)
        edit = Exercise.snippet_viewset.get_url_name("edit")  # type: ignore[attr-defined]
        return super().get_context_data(**kwargs) | {
            "form": form,
            "media": form.media,
            "proposals": self.shown,
            "again": f"?{again.urlencode()}",
            "edit_name": edit,
            "accepted": {key.removeprefix("take-") for key, value in self.request.POST.items() if value == "accept"},
        }
