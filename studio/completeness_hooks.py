"""Wiring of the report on what is missing: addresses, menu, desk, hints in editors, the letter's switch."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab
from wagtail.admin.widgets import SwitchInput
from wagtail.models import Page

from accounts.models import User
from cms.hints import HOOK, Hint
from courses.models import ModulePage
from lessons.models import LessonPage

from . import completeness_views, links, weekly
from .completeness import VOICELESS, WAITING, find_place, line_of, may_see, missing_in
from .desk import VoicesPanel
from .menu import ITEMS, PermittedItem
from .scope import page_alone


@hooks.register("register_admin_urls")
def completeness_addresses() -> list[Any]:
    return [
        path("studio/completeness/", completeness_views.completeness, name="studio_completeness"),
        path("studio/missing/", completeness_views.missing, name="studio_missing"),
        path("studio/missing/record/", completeness_views.record_these, name="studio_record_these"),
        path("studio/letter/", completeness_views.switch_letter, name="studio_weekly_letter"),
    ]


@hooks.register(ITEMS)
def offer_completeness() -> MenuItem:
    return PermittedItem(
        gettext_lazy("What is missing"),
        reverse_lazy("studio_completeness"),
        name="studio-completeness",
        icon_name="list-ul",
        order=400,
        permissions=["dictionary.change_entry", "studio.view_recordingsession"],
    )


@hooks.register("construct_homepage_panels")
def show_voices(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(VoicesPanel(request))


@hooks.register(HOOK)
def say_what_is_silent(request: HttpRequest, page: Page, hints: list[Hint]) -> None:
    """Say in the editor of a lesson or a module how many of its words have no native voice; as its draft stands."""
    if not isinstance(page, LessonPage | ModulePage) or not may_see(request.user):
        return
    kind = "lesson" if isinstance(page, LessonPage) else "module"
    place = page_alone(page) if isinstance(page, LessonPage) else find_place(kind, page.pk)
    if place is None:
        return
    line = line_of(place, missing_in([place], with_exercises=False))
    here = {kind: page.pk}
    ways = [(_("See them"), links.missing(VOICELESS, **here))]
    if record := links.new_session(request.user, **here):
        ways.append((_("Record these"), record))
    if count := line.counts[VOICELESS]:
        said = ngettext(
            "%(count)d of %(whole)d words and phrases has no native voice yet.",
            "%(count)d of %(whole)d words and phrases have no native voice yet.",
            count,
        )
        hints.append(Hint(said % {"count": count, "whole": line.words}, ways))
    if count := line.counts[WAITING]:
        said = ngettext(
            "%(count)d word or phrase has a take that waits for its second listener.",
            "%(count)d words and phrases have a take that waits for its second listener.",
            count,
        )
        hints.append(Hint(said % {"count": count}, [(_("See them"), links.missing(WAITING, **here))]))


class LetterForm(forms.Form):
    """The switch of the weekly letter in somebody's own settings."""

    is_wanted = forms.BooleanField(
        required=False,
        widget=SwitchInput,
        label=gettext_lazy("E-mail me each week what the course still lacks"),
        help_text=gettext_lazy("To your confirmed address, in your language."),
    )

    def __init__(self, *args: Any, instance: User, **kwargs: Any) -> None:
        self.user = instance
        letter = weekly.letter_of(instance)
        super().__init__(*args, **kwargs)
        self.initial["is_wanted"] = bool(letter and letter.is_wanted)

    def save(self) -> None:
        if "is_wanted" in self.changed_data:
            weekly.switch(user=self.user, is_wanted=self.cleaned_data["is_wanted"])


class LetterSettingsPanel(BaseSettingsPanel):
    name = "weekly_letter"
    title = gettext_lazy("A letter each week")
    tab = notifications_tab
    order = 200
    form_class = LetterForm

    def is_active(self) -> bool:
        return may_see(self.user)


@hooks.register("register_account_settings_panel")
def offer_letter(request: HttpRequest, user: User, profile: Any) -> LetterSettingsPanel:
    return LetterSettingsPanel(request, user, profile)
