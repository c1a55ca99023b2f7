"""A reviewer with a phone reads, hears, remarks and decides; the author finds the remark at the very field."""

import re

import pytest
from playwright.sync_api import expect
from wagtail.models import Comment, TaskState

from media.models import Recording
from tests.lessons import building
from tests.review.conftest import body
from tests.studio.takes.conftest import with_sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def sent(lesson, author):
    """The lesson with one more text, an exercise and a grammar note, sent to the reviewers."""
    exercise = building.exercise("choice", item="dīs", mode="listen", distractors=["lačho", "ami", "na"])
    grammar = {"heading": "Vārds", "text": "<p>Tāds vārds.</p>", "evidence": "7. lpp.", "pairs": []}
    lesson.body = [
        *body("Pirmais teksts."),
        ("practice", {"heading": "Izmēģiniet", "exercise": exercise}),
        ("grammar", grammar),
    ]
    lesson.save_revision(user=author)
    lesson.get_workflow().start(lesson, author)
    return TaskState.objects.get(status="in_progress")


def address(state):
    return f"/admin/review/lessons/{state.pk}/"


def part(page, text):
    return page.locator(".part", has_text=text).first


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_lesson_is_read_remarked_and_decided_with_a_thumb(visit, reviewer, sent):
    page = visit(reviewer, **PHONE).open("/admin/review/lessons/")
    page.get_by_role("link", name=re.compile("Labdien")).click()
    expect(part(page, "Pirmais teksts.")).to_contain_text("new")
    assert fits(page)
    remark = part(page, "Pirmais teksts.")
    remark.get_by_text("Say something about this").click()
    remark.get_by_role("textbox").fill("Te saka citādi.")
    for button in page.locator(".decision-buttons button").all():
        assert button.bounding_box()["height"] >= 44
    page.get_by_role("button", name="Please change").click()
    expect(page.locator("body")).to_contain_text("the author has been asked to change it")
    sent.refresh_from_db()
    assert sent.status == "rejected"
    assert Comment.objects.get().text == "Te saka citādi."


def test_a_sound_plays_in_place(visit, reviewer, sent, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for recording in Recording.objects.all():
        with_sound(recording, seconds=8)
    page = visit(reviewer, **PHONE).open(address(sent))
    ring = page.locator(".part a.hear").first
    ring.click()
    expect(ring).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(300)
    assert ring.get_attribute("aria-pressed") == "true", "it plays on"
    assert page.url.endswith(address(sent)), "what was typed is not left for a sound"
    ring.click()
    expect(ring).to_have_attribute("aria-pressed", "false")


def test_everything_works_without_a_script(visit, reviewer, sent):
    # Not on a phone: there Wagtail's own menu covers everything until its script has begun.
    page = visit(reviewer, java_script_enabled=False).open(address(sent))
    remark = part(page, "Pirmais teksts.")
    remark.get_by_text("Say something about this").click()
    remark.get_by_role("textbox").fill("Bez skripta.")
    page.locator("#note").fill("Labi.")
    page.get_by_role("button", name="Right for me").click()
    sent.refresh_from_db()
    assert (sent.status, sent.comment) == ("approved", "Labi.")
    assert Comment.objects.get().text == "Bez skripta."


def test_the_author_sees_each_remark_beside_its_field(visit, author, reviewer, sent, lesson):
    page = visit(reviewer, **PHONE).open(address(sent))
    remarks = {"Pirmais teksts.": "Par tekstu.", "Pie durvīm": "Par sarunu.", "Tāds vārds.": "Par gramatiku."}
    for text, said in remarks.items():
        place = part(page, text)
        place.get_by_text("Say something about this").click()
        place.get_by_role("textbox").fill(said)
    page.get_by_role("button", name="Please change").click()
    expect(page.locator("body")).to_contain_text("asked to change")
    editing = visit(author, viewport={"width": 1400, "height": 900}).open(f"/admin/pages/{lesson.pk}/edit/")
    editing.locator("[data-side-panel-toggle=comments]").click()
    for said in remarks.values():
        expect(editing.get_by_text(said)).to_have_count(1)
        # The comment stands as high as its own block, not at the top of the form.
        path = Comment.objects.get(text=said).contentpath
        block = path.split(".")[1]
        heights = editing.evaluate(
            """([block, said]) => {
                const field = document.querySelector(`[data-contentpath="${block}"]`);
                const all = [...document.querySelectorAll(".comment__text, .comment")];
                const comment = all.find((one) => one.textContent.includes(said));
                return [field.getBoundingClientRect(), comment.getBoundingClientRect()]
                    .map((box) => [box.top + scrollY, box.bottom + scrollY]);
            }""",
            [block, said],
        )
        (top, bottom), (comment_top, _) = heights
        assert top - 150 < comment_top < bottom + 150, (said, heights)


def test_a_question_is_answered_with_a_thumb(visit, reviewer, lesson):
    page = visit(reviewer, **PHONE).open("/admin/review/questions/")
    expect(page.get_by_role("heading", name="Kā atvadās vakarā?")).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="I do not know – next").click()
    expect(page.get_by_role("heading", name="Vai to saka arī bērnam?")).to_be_visible()
    page.get_by_label("What is right?").fill("Bērnam saka tāpat.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".question-mine")).to_contain_text("Bērnam saka tāpat.")
    page.get_by_role("link", name="Next question").click()
    expect(page.get_by_text("You have seen all questions").or_(page.locator(".question"))).to_be_visible()


@pytest.mark.parametrize("language", ["lv", "en"])
def test_it_fits_a_phone_in_both_languages(visit, reviewer, editor, sent, language):
    for user in (reviewer, editor):
        user.language = language
        user.save()
    window = visit(reviewer, **PHONE)
    for path in ("/admin/review/", "/admin/review/lessons/", address(sent), "/admin/review/questions/mine/"):
        assert fits(window.open(path)), path
    assert fits(visit(editor, **PHONE).open("/admin/review/answers/"))
