"""An author draws the places of a picture exercise: by mouse, by finger and by keyboard, in step with the numbers."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from lessons.models import Exercise
from tests.browser.test_accessibility import AXE
from tests.lessons import scenes
from tests.lessons.hands import PHONE, drag_finger, drag_mouse, inside, middle

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]


@pytest.fixture
def author(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user = User.objects.create_user("autore@pamatkurss.example", name="Autore")
    user.groups.add(Group.objects.get(name="Authors"))
    return user


@pytest.fixture
def editor(visit, author):
    """Open the editor of a picture exercise; return the page and the sheet that is drawn on."""

    def open_editor(**window):
        kept = scenes.picture()
        address = reverse(Exercise.snippet_viewset.get_url_name("edit"), args=[kept.pk])
        page = visit(author, **window).open(address)
        # The preview has no part in this, and covers a phone.
        if page.locator("[data-side-panel=preview]").is_visible():
            page.locator("[data-side-panel-toggle=preview]:visible").first.click()
        sheet = page.locator(".places-sheet")
        expect(sheet.locator(".places-box")).to_have_count(3)
        page.wait_for_function("document.querySelector('.places-sheet img').naturalWidth > 0")
        into_view(sheet)
        return page, sheet

    return open_editor


def into_view(sheet):
    sheet.evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")


def numbers(page, place):
    names = [f"body-0-value-areas-{place}-value-{side}" for side in ("x", "y", "width", "height")]
    return [int(page.locator(f"[name={name}]").input_value()) for name in names]


def box_of(sheet, place):
    return sheet.get_by_role("button").nth(place)


def near(found, *wanted):
    """Say whether numbers are those wanted, up to what a pixel is worth."""
    return all(abs(one - other) <= 1 for one, other in zip(found, wanted, strict=True))


def test_a_place_is_drawn_moved_and_resized_and_escape_takes_it_back(editor):
    page, sheet = editor()
    # The woman at the door: 60, 10, 25 x 80.
    drag_mouse(page, middle(box_of(sheet, 1)), inside(sheet, 62.5, 55))
    assert near(numbers(page, 1), 50, 15, 25, 80)
    drag_mouse(page, middle(box_of(sheet, 1).locator(".places-corner")), inside(sheet, 85, 75))
    assert near(numbers(page, 1), 50, 15, 35, 60)
    drag_mouse(page, inside(sheet, 40, 5), inside(sheet, 48, 35))
    assert sheet.get_by_role("button").count() == 4
    assert near(numbers(page, 3), 40, 5, 8, 30)
    expect(box_of(sheet, 3)).to_be_focused()
    for left in (3, 3, 3):
        page.keyboard.press("Escape")
        expect(sheet.get_by_role("button")).to_have_count(left)
    assert numbers(page, 1) == [60, 10, 25, 80]
    # In the middle of a drag it is as if nothing had been taken hold of.
    drag_mouse(page, middle(box_of(sheet, 1)), inside(sheet, 10, 50), drop=False)
    assert numbers(page, 1)[0] < 20
    page.keyboard.press("Escape")
    page.mouse.up()
    assert numbers(page, 1) == [60, 10, 25, 80]


def test_numbers_and_drawing_keep_in_step_both_ways_and_are_saved(editor):
    page, sheet = editor()
    page.locator("[name=body-0-value-areas-1-value-x]").fill("30")
    assert abs(box_of(sheet, 1).bounding_box()["x"] - inside(sheet, 30, 0)[0]) < 2
    page.locator("[name=body-0-value-areas-1-value-text_lv]").fill("sieviete")
    page.locator("[name=body-0-value-areas-1-value-is_right]").check()
    expect(box_of(sheet, 1)).to_have_accessible_name("2. vieta, pareizā: sieviete")
    # One that is deleted below is gone above; nothing is drawn out of the picture.
    page.locator("[data-contentpath=areas] [data-streamfield-action=DELETE]").last.click()
    expect(sheet.get_by_role("button")).to_have_count(2)
    expect(page.locator("[name=body-0-value-areas-2-value-x]")).to_be_hidden()
    into_view(sheet)
    drag_mouse(page, middle(box_of(sheet, 1)), inside(sheet, 99, 99))
    assert numbers(page, 1) == [75, 20, 25, 80]
    page.get_by_role("button", name="Saglabāt melnrakstu").click()
    expect(page.locator(".messages")).to_contain_text("picture: raj")
    made = Exercise.objects.latest("pk")
    areas = [one["value"] for one in made.latest_revision.as_object().stored_block["value"]["areas"]]
    assert [[one[side] for side in ("x", "y", "width", "height")] for one in areas][1] == [75, 20, 25, 80]


def test_by_keyboard_alone_a_place_is_moved_resized_and_taken_back(editor):
    page, sheet = editor()
    box_of(sheet, 1).focus()
    for keys in ("ArrowLeft", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowUp"):
        page.keyboard.press(keys)
    assert numbers(page, 1) == [59, 11, 26, 79]
    said = "2. vieta: 59 % no kreisās malas, 11 % no augšas, 26 % plata, 79 % augsta"
    expect(page.locator(".places [role=status]")).to_have_text(said)
    page.keyboard.press("Escape")
    assert numbers(page, 1) == [59, 11, 26, 80]
    page.evaluate(AXE)
    found = page.evaluate("axe.run('.places', { resultTypes: ['violations'] }).then((result) => result.violations)")
    assert not found, [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def test_a_finger_draws_without_scrolling_the_page(editor):
    page, sheet = editor(**PHONE)
    before = page.evaluate("scrollY")
    drag_finger(page, middle(box_of(sheet, 1)), inside(sheet, 62.5, 55))
    assert near(numbers(page, 1), 50, 15, 25, 80)
    assert box_of(sheet, 1).locator(".places-corner").bounding_box()["width"] >= 44
    assert page.evaluate("scrollY") == before


def test_each_picture_of_a_form_has_a_sheet_of_its_own(editor):
    page, sheet = editor()
    other = scenes.drawing(title="Otra")
    page.locator("[data-streamfield-stream-container] [data-streamfield-action=DELETE]").first.click()
    expect(sheet).to_be_hidden()
    page.locator(".c-sf-add-button:visible").first.click()
    page.get_by_role("option", name="Attēls", exact=True).click()
    second = page.locator(".places").nth(1)
    expect(second.locator(".help")).to_have_text("Izvēlieties attēlu un tad uzzīmējiet uz tā vietas.")
    expect(second.locator(".places-sheet")).to_be_hidden()
    image = page.locator("[name=body-1-value-image]")
    image.evaluate(
        "(input, pk) => { input.value = pk; input.dispatchEvent(new Event('change', { bubbles: true })); }",
        str(other.pk),
    )
    drawn = second.locator(".places-sheet")
    expect(drawn.locator("img")).to_have_attribute("src", reverse("exercise-picture", args=[other.pk]))
    expect(drawn.get_by_role("button")).to_have_count(1)
    box_of(drawn, 0).focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("[name=body-1-value-areas-0-value-x]").input_value() == "11"
    assert numbers(page, 1) == [60, 10, 25, 80], "the other picture's are as they were"


def test_who_may_not_choose_pictures_finds_none(client, author):
    image = scenes.drawing()
    address = reverse("exercise-picture", args=[image.pk])
    assert client.get(address).status_code == 302, "to the sign-in"
    client.force_login(author)
    assert client.get(address).url.endswith(".webp")
    assert client.get(reverse("exercise-picture", args=[image.pk + 1])).status_code == 404
    image.file.storage.delete(image.file.name)
    image.renditions.all().delete()
    assert client.get(address).status_code == 404
