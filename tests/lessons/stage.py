"""What tests of scenes in a real browser share: a lesson with them, and how they are operated."""

from playwright.sync_api import expect

from tests.lessons import building

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def lesson(*exercises):
    practice = [("practice", {"heading": "Practice", "exercise": one}) for one in exercises]
    return building.lesson(building.course("en", slug="course"), "Scenes", body=practice)


def ready(window, page_of):
    """Open a lesson; return its page and the form of its exercise, quick by now."""
    page = window.open(page_of.url)
    form = page.locator("exercise-form")
    quick(form)
    return page, form


def quick(form):
    form.scroll_into_view_if_needed()
    # Who judges for themselves has no button to be judged by.
    expect(form.locator(".act, .rec")).to_be_visible()


def submit(form):
    return form.get_by_role("button", name="Check")


def tab_to(page, target, most=40):
    """Press Tab until `target` has the focus, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {target}")


def record(page, form, press):
    """Record about a second."""
    button = form.get_by_role("button", name="Record yourself")
    press(button)
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(form.locator("[data-clock]")).to_have_text("1 of 15 seconds")
    press(button)
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(form.get_by_role("status").first).to_have_text("Recorded. Listen to both and compare.")
    return form.get_by_role("button", name="Listen to yourself")


def by_keyboard(page):
    def press(target):
        if not target.evaluate("(element) => element === document.activeElement"):
            tab_to(page, target)
        page.keyboard.press("Space")

    return press
