"""Somebody who may publish changes the course in the CMS, and a learner meets the change, without a developer."""

import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from .running import RunningSite
from .sounds import tone
from .taking import hears

# Latvian on purpose: a test must not invent Romani.
WORD = "pārbaudesvārds"
MEANING = "vārds, ko pieliek pārbaude"
CAN_DO = "Es atpazīstu jaunu vārdu, ko autore tikko pielika."
EDITOR = "editor@pamatkurss.example"


def test_an_author_adds_a_word_with_its_sound_and_an_exercise_and_a_learner_meets_them(
    window: Any, site: RunningSite, pages: dict[str, Any], tmp_path: Path
) -> None:
    lesson = pages["lesson"][8]
    page = window()
    sign_in(page, site)
    add_word(page, tone(tmp_path / "balss.wav"))
    title = add_exercise(page)
    edit_lesson(page, lesson, title)
    wait_for_worker(site)
    meet_it(window("auklis@example.lv"), lesson)


def sign_in(page: Page, site: RunningSite) -> None:
    page.goto("/admin/")
    page.fill("input[name=username]", EDITOR)
    page.fill("input[name=password]", site.password(EDITOR))
    page.locator("button[type=submit]").click()
    expect(page.locator("main h1, .desk h1").first).to_contain_text("Labdien")


def choose(page: Page, opener: Locator) -> Locator:
    """Open a chooser; return its window."""
    opener.click()
    modal = page.locator(".modal-body")
    expect(modal.get_by_role("tab").first.or_(modal.locator("table.listing")).first).to_be_visible()
    return modal


def pick(page: Page, opener: Locator, text: str) -> None:
    """Choose by searching, as one does among fifteen hundred words."""
    modal = choose(page, opener)
    modal.locator("input[name=q]").fill(text)
    modal.locator("a[data-chooser-modal-choice]", has_text=text).first.click()
    expect(page.locator(".modal-body")).to_have_count(0)


def add_word(page: Page, sound: Path) -> None:
    page.goto("/admin/snippets/dictionary/entry/add/")
    page.fill("input[name=text]", WORD)
    page.select_option("select[name=glosses-0-language]", "lv")
    page.fill("input[name=glosses-0-text]", MEANING)
    page.locator("select[name=variety]").select_option(index=1)
    choose(page, page.locator("#id_theme-chooser [data-chooser-action-choose]"))
    page.locator(".modal-body a[data-chooser-modal-choice]").first.click()
    modal = choose(page, page.locator("#id_recording-chooser [data-chooser-action-choose]"))
    modal.get_by_role("tab").nth(1).click()
    upload(modal, sound)
    expect(page.locator("#id_recording-chooser")).to_contain_text(WORD)
    page.locator("main footer button[type=submit], .action-save").first.click()
    expect(page.locator(".messages .success")).to_be_visible()


def upload(modal: Locator, sound: Path) -> None:
    field = modal.page.locator("[name^=recording-upload-]")
    expect(field.first).to_be_visible()
    for name in ("title", "transcript"):
        modal.locator(f"[name=recording-upload-{name}]").fill(WORD)
    modal.locator("[name=recording-upload-file]").set_input_files(sound)
    modal.locator("[name=recording-upload-kind]").select_option("synthetic")
    modal.locator("#tab-create button[type=submit]").click()


def add_exercise(page: Page) -> str:
    title = f"{WORD}: tulkojums"
    page.goto("/admin/snippets/lessons/exercise/add/")
    page.fill("input[name=title]", title)
    add_block(page, "edit")
    page.locator("[name=body-0-value-mode]").select_option("translate")
    pick(page, page.locator("#body-0-value-item-chooser [data-chooser-action-choose]"), WORD)
    see_preview(page, MEANING)
    publish(page)
    return title


def add_block(page: Page, icon: str) -> None:
    """Add a block at the end of the stream field; found by its icon, since names are translated."""
    page.locator("button.c-sf-add-button").last.click()
    page.get_by_role("option").filter(has=page.locator(f'use[href="#icon-{icon}"]')).click()


def see_preview(page: Page, text: str) -> None:
    """Open the preview beside the form and find the text there before anything is published."""
    panel = page.locator("[data-side-panel=preview]")
    if not panel.is_visible():
        page.locator("[data-side-panel-toggle=preview]").click()
    # While a newer preview loads, the older one stays in sight.
    frame = page.frame_locator("[data-side-panel=preview] iframe:not(.w-preview__proxy)")
    expect(frame.get_by_text(text).first).to_be_visible(timeout=20_000)
    page.locator("[data-side-panel-toggle=preview]").click()
    expect(panel).to_be_hidden()


def publish(page: Page) -> None:
    page.locator("footer .w-dropdown-button button[aria-expanded]").first.click()
    page.locator("button[name=action-publish]").click()
    expect(page.locator(".messages .success")).to_be_visible()


def edit_lesson(page: Page, lesson: dict[str, Any], exercise: str) -> None:
    page.goto(f"/admin/pages/{lesson['id']}/edit/")
    page.fill("textarea[name=can_do]", CAN_DO)
    count = int(page.input_value("input[name=body-count]"))
    add_block(page, "check")
    pick(page, page.locator(f"#body-{count}-value-exercise-chooser [data-chooser-action-choose]"), exercise)
    see_preview(page, CAN_DO)
    publish(page)


def wait_for_worker(site: RunningSite, seconds: float = 60) -> None:
    """The sound is made smaller beside the server, while the author works."""
    limit = time.monotonic() + seconds
    while not site.ask("is_recording_ready", WORD):
        assert time.monotonic() < limit, f"The worker did not finish:\n{site.last_lines()}"
        time.sleep(0.2)


def meet_it(page: Page, lesson: dict[str, Any]) -> None:
    page.goto(lesson["path"])
    expect(page.get_by_text(CAN_DO)).to_be_visible()
    for place in page.locator("exercise-form").all():  # all but the first come when the learner is near
        place.scroll_into_view_if_needed()
    form = page.locator("exercise-form", has_text=MEANING)
    field = form.locator("input[name=text]")
    expect(form.locator(".act")).to_be_visible()
    field.fill(WORD)
    form.locator(".act .btn:not(.plain)").click()
    expect(form.locator(".verdict")).to_have_attribute("data-v", "exact")
    ring = form.locator(".verdict .hear")
    expect(ring).to_be_visible()
    ring.click()
    assert hears(page)


def test_what_is_half_typed_in_the_dictionary_is_not_shown_to_learners(window: Any, site: RunningSite) -> None:
    page = window()
    sign_in(page, site)
    page.goto("/admin/snippets/dictionary/entry/?q=lotfos")
    page.locator("main table a", has_text="lotfos").first.click()
    field = page.locator("input[name=glosses-0-text]")
    before = field.input_value()
    page.wait_for_timeout(3000)  # Wagtail begins to look for changes two seconds after the page is there
    field.click()
    field.press_sequentially(" pusuzrakst", delay=30)
    page.wait_for_timeout(2500)  # and would save half a second after each
    other = window()
    other.goto("/vardnica/?q=lotfos")
    expect(other.locator(".words .gloss").first).to_have_text(before)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(field).to_have_value(before)
