"""An author tries an exercise out beside the form, in a real browser, before anything is saved."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from lessons.models import Exercise
from tests.lessons import building

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]


def test_answers_are_judged_in_the_preview_and_again_after_each_change(visit):
    building.word("lačho")
    kept = building.exercise("type", item="phal", mode="translate")
    author = User.objects.create_user("autore@pamatkurss.example", name="Autore")
    author.groups.add(Group.objects.get(name="Authors"))
    page = visit(author).open(reverse(Exercise.snippet_viewset.get_url_name("edit"), args=[kept.pk]))
    if not page.locator("[data-side-panel=preview]").is_visible():
        page.locator("[data-side-panel-toggle=preview]").click()
    frame = page.frame_locator("[data-side-panel=preview] iframe:not(.w-preview__proxy)")
    frame.locator("exercise-form input[name=text]").fill("phal")
    frame.locator("exercise-form .act .btn:not(.plain)").click()
    expect(frame.locator("exercise-form .verdict")).to_have_attribute("data-v", "exact")

    frame.locator("try-out textarea").fill("phal\nqqq")
    frame.locator("try-out button[type=submit]").click()
    expect(frame.locator("try-out li")).to_have_count(2)
    expect(frame.locator("try-out li").nth(0).locator("[lang=en] .verdict")).to_contain_text("Right")
    expect(frame.locator("try-out li").nth(1).locator("[lang=lv] .verdict")).to_have_attribute("data-v", "wrong")

    # Each change in the editor loads the preview anew: what was typed is still there, and judged again.
    page.reload()
    expect(frame.locator("try-out textarea")).to_have_value("phal\nqqq", timeout=20_000)
    expect(frame.locator("try-out li")).to_have_count(2)
