"""Exercises in a real browser: the twin without sound, dragging beside tapping, by mouse, touch and keyboard."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import translation
from playwright.sync_api import expect

from progress.services import start_attempt
from tests.lessons import building
from tests.lessons.hands import PHONE, drag_finger, drag_mouse, inside, middle

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]

AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js").read_text()


@pytest.fixture(autouse=True)
def latvian():
    with translation.override("lv"):
        yield


@pytest.fixture
def practice(visit):
    """Open a lesson with exercises in place; each is ready when its buttons are there."""

    def open_lesson(*exercises, **window):
        within = building.course()
        body = [("practice", {"heading": "Izmēģiniet", "exercise": one}) for one in exercises]
        page = visit(**window).open(building.lesson(within, "Vingrinājumi", body=body).url)
        for form in page.locator("exercise-form").all():
            form.scroll_into_view_if_needed()
            if form.get_attribute("data-check"):
                expect(form.locator(".act")).to_be_visible()
        return page

    return open_lesson


def assert_clean(page):
    """Hold what is shown now against axe."""
    page.evaluate(AXE)
    found = page.evaluate(
        "axe.run('exercise-form', { resultTypes: ['violations'] }).then((result) => result.violations)"
    )
    assert not found, [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def form_of(page, place=0):
    return page.locator("exercise-form").nth(place)


# --- “I can't listen now” --------------------------------------------------------------------


def test_a_question_by_ear_turns_into_its_twin_and_back(practice):
    heard = building.exercise("choice", item="dīs", mode="listen", distractors=["lačho", "ami"])
    page = practice(heard)
    form = form_of(page)
    fold = form.locator("summary")
    expect(form.locator("legend")).to_have_text("Ko jūs dzirdat?")
    fold.focus()
    page.keyboard.press("Enter")
    expect(form.locator("legend")).to_have_text("Ko tas nozīmē?")
    expect(form.locator(".twin .rom")).to_have_text("dīs")
    expect(form.locator(".spoken")).to_be_hidden()
    expect(form.get_by_role("status")).to_have_text("Ko tas nozīmē? dīs")
    expect(fold).to_be_focused()
    assert_clean(page)
    form.get_by_label("diena").check()
    form.get_by_role("button", name="Pārbaudīt").click()
    expect(form.locator(".verdict")).to_have_attribute("data-v", "exact")
    fold.click()
    expect(form.locator("legend")).to_have_text("Ko jūs dzirdat?")
    expect(form.locator(".spoken")).to_be_visible()
    expect(form.get_by_role("status")).to_have_text("Ko jūs dzirdat?")


def test_who_cannot_listen_to_one_question_need_not_say_so_again(practice):
    made = [
        building.exercise("match", items=["ami", "na", "raj"], mode="listen"),
        building.exercise("type", item="phal", mode="dictation"),
    ]
    page = practice(*made, **PHONE)
    pairs, dictation = form_of(page, 0), form_of(page, 1)
    assert pairs.locator("summary").bounding_box()["height"] >= 44
    expect(pairs.locator(".match label").first).to_have_text("1. vārds")
    pairs.locator("summary").tap()
    shown = pairs.locator(".match label[lang=rml]")
    expect(shown).to_have_count(3)
    assert set(shown.all_inner_texts()) == {"ami", "na", "raj"}
    expect(dictation.locator("legend")).to_have_text("Uzrakstiet romu valodā: „brālis”")
    expect(dictation.get_by_role("status")).to_be_empty()
    assert_clean(page)
    for word, meaning in (("ami", "jā"), ("na", "nē"), ("raj", "kungs")):
        pairs.locator(".match label", has_text=word).tap()
        pairs.get_by_role("button", name=meaning, exact=True).tap()
    pairs.get_by_role("button", name="Pārbaudīt").tap()
    expect(pairs.locator(".verdict")).to_have_attribute("data-v", "exact")


def test_without_a_script_the_twin_stands_in_its_fold(visit, django_user_model):
    learner = django_user_model.objects.create_user("ilze@example.lv", "correct horse battery", name="Ilze")
    quiz = building.quiz([building.exercise("match", items=["ami", "na", "raj"], mode="listen")])
    building.lesson(building.course(), "Klausīties", test=quiz)
    attempt, _made = start_attempt(user=learner, quiz=quiz, attempt_id=uuid4())
    window = visit(user=learner, java_script_enabled=False)
    page = window.open(f"/tests/meginajums/{attempt.uuid}/")
    expect(page.locator(".twin li").first).to_be_hidden()
    page.locator(".twin summary").click()
    assert set(page.locator(".twin li").all_inner_texts()) == {"ami", "na", "raj"}


# --- dragging --------------------------------------------------------------------------------


def pull(page, moved, place, share=0.5):
    """Drag with the mouse, to the given share of the width of a place."""
    drag_mouse(page, middle(moved), inside(place, share * 100, 50))


def row_of(form, word):
    return form.locator(".match > li", has=form.page.locator("label", has_text=word))


def meaning(form, text):
    return form.locator("[data-bank]").get_by_role("button", name=text, exact=True)


def into_view(form):
    form.evaluate("form => form.scrollIntoView({ block: 'end', behavior: 'instant' })")


def test_a_meaning_is_dragged_to_its_word_exchanged_and_taken_back(practice):
    page = practice(building.exercise("match", items=["ami", "raj", "phal"], mode="meaning"))
    form = form_of(page)
    into_view(form)
    pull(page, meaning(form, "jā"), row_of(form, "raj"))
    expect(row_of(form, "raj").locator(".slot")).to_have_text("jā")
    expect(form.get_by_role("status")).to_have_text("jā: pielikts pie raj")
    pull(page, meaning(form, "kungs"), row_of(form, "ami"))
    pull(page, row_of(form, "ami").locator(".slot"), row_of(form, "raj"))
    expect(row_of(form, "raj").locator(".slot")).to_have_text("kungs")
    expect(row_of(form, "ami").locator(".slot")).to_have_text("jā")
    pull(page, row_of(form, "ami").locator(".slot"), form.locator("[data-bank]"))
    expect(meaning(form, "jā")).to_be_visible()
    # Tapping does the rest, and a drag is never taken for a tap.
    row_of(form, "ami").locator(".slot").click()
    meaning(form, "jā").click()
    meaning(form, "brālis").click()
    form.get_by_role("button", name="Pārbaudīt").click()
    expect(form.locator(".verdict")).to_have_attribute("data-v", "exact")


def test_parts_are_dragged_into_their_order(practice):
    page = practice(building.exercise("order", item="del lačho dīs", parts=[]))
    form = form_of(page)
    into_view(form)
    line = form.locator("[data-line]")

    def part(text):
        return form.get_by_role("button", name=text, exact=True)

    pull(page, part("dīs"), line)
    pull(page, part("del"), part("dīs"), share=0.2)
    assert line.locator(".part").all_inner_texts() == ["del", "dīs"]
    pull(page, part("lačho"), part("dīs"), share=0.2)
    assert line.locator(".part").all_inner_texts() == ["del", "lačho", "dīs"]
    pull(page, part("del"), form.locator(".hint"))
    assert line.locator(".part").all_inner_texts() == ["del", "lačho", "dīs"], "nothing lies there: it stays"
    assert_clean(page)
    form.get_by_role("button", name="Pārbaudīt").click()
    expect(form.locator(".verdict")).to_have_attribute("data-v", "exact")


def test_a_finger_drags_without_scrolling_the_page(practice):
    page = practice(building.exercise("order", item="del lačho dīs", parts=[]), **PHONE)
    form = form_of(page)
    into_view(form)
    before = page.evaluate("scrollY")
    part = form.locator("[data-bank] .part").first
    text = part.inner_text()
    assert part.bounding_box()["height"] >= 44
    drag_finger(page, middle(part), middle(form.locator("[data-line]")))
    expect(form.locator("[data-line] .part")).to_have_text([text])
    assert page.evaluate("scrollY") == before


# --- flashcards ------------------------------------------------------------------------------


def deck(mode="romani"):
    return building.exercise("flashcards", items=["ami", "na", "raj"], mode=mode)


def flip_all(form, knew, turn):
    """Turn every card of the round; those whose word is in `knew` were known."""
    for _ in range(form.locator("[data-card]").count()):
        card = form.locator("[data-card]:visible")
        if not card.count():
            return
        word = card.locator("[lang=rml]").first.inner_text()
        turn(card.locator("summary"))
        turn(form.get_by_role("button", name="Zināju" if word in knew else "Vēl ne", exact=True))


def open_deck(practice, mode="romani", **window):
    """Open a lesson with cards, which need no button of their own to be ready."""
    page = practice(deck(mode), **window)
    expect(form_of(page).locator("[data-card]:visible")).to_have_count(1)
    return page, form_of(page)


def test_cards_not_known_come_again_by_touch(practice):
    page, form = open_deck(practice, **PHONE)
    assert_clean(page)
    expect(form.locator("[data-count]")).to_have_text("1. kartīte no 3")
    expect(form.locator("[data-judge]")).to_be_hidden()
    first = form.locator("[data-card]:visible summary")
    assert first.bounding_box()["height"] >= 44
    first.tap()
    expect(form.locator("[data-judge]")).to_be_visible()
    assert_clean(page)
    form.get_by_role("button", name="Vēl ne").tap()
    flip_all(form, {"ami", "na", "raj"}, lambda button: button.tap())
    expect(form.locator("[data-end] .lead")).to_have_text("Jūs zinājāt 2 no 3.")
    assert_clean(page)
    form.get_by_role("button", name="Iziet pārējās vēlreiz").tap()
    expect(form.locator("[data-count]")).to_have_text("1. kartīte no 1")
    flip_all(form, {"ami", "na", "raj"}, lambda button: button.tap())
    expect(form.locator("[data-end] .lead")).to_have_text("Jūs zinājāt visas kartītes.")
    form.get_by_role("button", name="Sākt no jauna").tap()
    expect(form.locator("[data-count]")).to_have_text("1. kartīte no 3")


def test_cards_are_turned_by_keyboard_alone_and_said(practice):
    page, form = open_deck(practice, mode="meaning")
    form.locator("[data-card]:visible summary").focus()
    said = []
    for _ in range(3):
        page.keyboard.press("Enter")
        expect(form.locator("[data-judge]")).to_be_visible()
        said.append(form.get_by_role("status").inner_text())
        form.get_by_role("button", name="Zināju").focus()
        page.keyboard.press("Enter")
    assert set(said) == {"ami", "na", "raj"}
    expect(form.locator("[data-end] .lead")).to_be_focused()


def test_cards_that_cannot_be_heard_now_are_read(practice):
    _page, form = open_deck(practice, mode="listen")
    expect(form.locator("[data-card]:visible .hear")).to_be_visible()
    form.get_by_text("Šobrīd nevaru klausīties").click()
    assert form.locator("[data-card]:visible summary [lang=rml]").inner_text() in {"ami", "na", "raj"}


# --- every question by mouse, by touch and by keyboard alone ----------------------------------


class ByMouse:
    window = {}

    def __init__(self, page):
        self.page = page

    def press(self, target):
        target.click()

    def pick(self, option):
        option.click()


class ByTouch(ByMouse):
    window = PHONE

    def press(self, target):
        target.tap()

    pick = press


class ByKeyboard(ByMouse):
    """Tab goes from control to control, arrows within a group; nothing is clicked."""

    def press(self, target):
        self.reach(target)
        self.page.keyboard.press("Enter")

    def pick(self, option):
        wanted = option.locator("input")
        self.reach(option.locator("xpath=..").locator("input").first)
        self.page.keyboard.press("Space")
        while not wanted.is_checked():
            self.page.keyboard.press("ArrowDown")

    def reach(self, target, most=60):
        for _ in range(most):
            if target.evaluate("(element) => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {target}")


def choose(form, by):
    by.pick(form.locator("label.opt", has_text="diena"))


def pair(form, by):
    for word, text in (("ami", "jā"), ("raj", "kungs"), ("phal", "brālis")):
        by.press(row_of(form, word).locator(".slot"))
        by.press(meaning(form, text))


def arrange(form, by):
    for text in ("del", "lačho", "dīs"):
        by.press(form.locator("[data-bank]").get_by_role("button", name=text, exact=True))


def fill(form, by):
    by.pick(form.locator("label", has_text="avri"))


def write(form, by):
    """Write a word whose last letter but three is none of the keyboard's."""
    field = form.locator("input[type=text]")
    by.press(field) if not isinstance(by, ByKeyboard) else by.reach(field)
    by.page.keyboard.type("la")
    by.press(form.locator(".keys button", has_text="čh"))
    expect(field).to_be_focused()
    by.page.keyboard.type("o")


ASKED = {
    "choice": (choose, {"item": "dīs", "mode": "meaning", "distractors": ["lačho", "ami"]}),
    "match": (pair, {"items": ["ami", "raj", "phal"], "mode": "meaning"}),
    "order": (arrange, {"item": "del lačho dīs", "parts": []}),
    "gap": (
        fill,
        {"item": "phenel avri", "mode": "pick", "gaps": [{"answer": "avri", "distractors": ["andre", "pāle"]}]},
    ),
    "type": (write, {"item": "lačho", "mode": "translate"}),
}


@pytest.mark.parametrize("way", [ByMouse, ByTouch, ByKeyboard])
@pytest.mark.parametrize("kind", ASKED)
def test_every_question_is_answered_in_every_way_and_shuts_nobody_out(practice, kind, way):
    answer, value = ASKED[kind]
    page = practice(building.exercise(kind, **value), **way.window)
    form, by = form_of(page), way(page)
    assert_clean(page)
    answer(form, by)
    by.press(form.get_by_role("button", name="Pārbaudīt"))
    expect(form.locator(".verdict")).to_have_attribute("data-v", "exact")
    page.emulate_media(color_scheme="dark")
    assert_clean(page)
