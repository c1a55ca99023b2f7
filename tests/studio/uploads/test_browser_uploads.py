"""Uploads in a real browser: files with progress and a fault, the dry run, the placing; and a long recording cut."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from dictionary.models import Take
from media.models import Recording
from studio import uploads
from studio.models import LongSound, UploadBatch
from studio.placing import place_some
from tests.media import hostile, sounds
from tests.studio.uploads.test_uploads_long import spoken

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]


def payload(name, data):
    return {"name": name, "mimeType": "audio/wav", "buffer": data}


FIVE = [
    payload("rl0001.wav", sounds.wav(0.3)),
    payload("dad_slow.mp3", sounds.mp3(0.4)),
    payload("REC007.wav", sounds.wav(0.5)),
    payload("daada.ogg", sounds.ogg(0.6)),
    payload("holiday.wav", hostile.png(64)),
]


@pytest.fixture
def english_author(author):
    """An author who reads the admin in English."""
    UserProfile.objects.update_or_create(user=author, defaults={"preferred_language": "en"})
    return author


def test_five_files_are_sent_looked_at_changed_and_placed(visit, english_author, speaker, entries, monkeypatch):
    class Later:
        """Stands for the queue: the worker comes when the test says so."""

        @staticmethod
        def enqueue(pk):
            return None

    monkeypatch.setattr(uploads, "place_uploads", Later)
    window = visit(english_author)
    page = window.open(reverse("studio_upload"))
    page.set_default_timeout(60_000)
    page.get_by_label("Speaker").select_option(str(speaker.pk))
    page.get_by_label("Which words?").select_option("list")
    page.get_by_label("Your own list").fill("rom\ndād\nromni\ndāda")
    page.get_by_role("button", name="Go on to the files").click()

    page.get_by_label("Files").first.set_input_files(FIVE)
    expect(page.locator("[data-said]")).to_have_text("All files are through: 4 good, 1 with a fault.", timeout=30_000)
    bad = page.locator("[data-list] li").first
    expect(bad).to_contain_text("holiday.wav")
    expect(bad).to_contain_text("not an audio file")
    expect(page.locator("[data-list] li[data-state=good]")).to_have_count(4)

    # After a reload the same files are chosen again: what is here is not sent twice.
    batch = UploadBatch.objects.get()
    window.open(reverse("studio_upload_files", args=[batch.uuid]))
    page.get_by_label("Files").first.set_input_files(FIVE[:4])
    expect(page.get_by_text("was here already")).to_have_count(4)
    assert batch.sounds.count() == 5

    page.get_by_role("button", name="See what goes where").click()
    row = page.locator(".uploads-row", has_text="REC007.wav")
    expect(row).to_contain_text("No word was found by this name")
    expect(page.locator(".uploads-row", has_text="dad_slow.mp3").get_by_label("Pace")).to_have_value("slow")
    row.get_by_label("Word").fill("rl0002")
    page.get_by_role("button", name="Keep the changes").click()
    expect(page.locator(".uploads-row", has_text="REC007.wav").get_by_label("Word")).to_have_value("rl0002 · romni")
    assert not Recording.objects.exists()

    page.get_by_role("button", name="Keep and place 4 recordings").click()
    expect(page.get_by_text("0 of 4 are through.")).to_be_visible()
    while place_some(batch.pk) == "more":
        pass
    expect(page.get_by_text("Done.")).to_be_visible(timeout=30_000)
    assert set(Take.objects.values_list("entry__text", "recording__pace")) == {
        ("rom", "normal"),
        ("dād", "slow"),
        ("romni", "normal"),
        ("dāda", "normal"),
    }


def test_a_lost_connection_is_said_and_the_rest_goes_when_it_is_back(visit, english_author, speaker, latvian, entries):
    batch = uploads.start_batch(speaker=speaker, variety=latvian, entries=[entries[0].pk], by=english_author)
    window = visit(english_author)
    page = window.open(reverse("studio_upload_files", args=[batch.uuid]))
    page.clock.install()
    window.is_offline = True
    page.get_by_label("Files").first.set_input_files(FIVE[:2])
    for _attempt in range(4):
        page.wait_for_timeout(200)
        page.clock.run_for(10_000)
    again = page.get_by_role("button", name="Send again what did not arrive")
    expect(again).to_be_visible()
    expect(page.get_by_text("did not arrive")).to_have_count(3)
    window.is_offline = False
    again.click()
    expect(page.locator("[data-said]")).to_have_text("All files are through: 2 good, 0 with a fault.")
    assert batch.sounds.count() == 2


def test_a_long_recording_is_cut_by_keyboard_assigned_and_placed(visit, english_author, speaker, latvian, entries):
    pks = [one.pk for one in entries]
    batch = uploads.start_batch(speaker=speaker, variety=latvian, entries=pks, by=english_author, kind="long")
    page = visit(english_author).open(reverse("studio_upload_files", args=[batch.uuid]))
    page.get_by_label("File", exact=True).set_input_files(payload("session.wav", spoken(5)))
    pieces = page.locator("[data-pieces] button")
    expect(pieces).to_have_count(5, timeout=30_000)
    expect(page.locator("[data-summary]")).to_have_text("5 pieces, 5 words: 5 would be placed.")
    expect(pieces.nth(1)).to_contain_text("dād – tēvs")

    # By keyboard alone: the second piece is a cough, the third and fourth belong together.
    pieces.nth(0).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("d")
    expect(pieces.nth(1)).to_contain_text("dropped")
    expect(pieces.nth(2)).to_contain_text("dād")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    expect(pieces).to_have_count(4)
    page.keyboard.press("s")
    expect(pieces).to_have_count(5)
    page.keyboard.press("z")
    expect(pieces).to_have_count(4)
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="A word was left out before it").click()
    expect(pieces.nth(3)).to_contain_text("dāda – tētis (1 left out before it)")
    page.get_by_role("button", name="Begin earlier").click()
    expect(page.get_by_text("Kept.")).to_be_visible()
    kept = LongSound.objects.get().cuts
    assert [(one["kept"], one["skip"]) for one in kept] == [(True, 0), (False, 0), (True, 0), (True, 1)]

    page.reload()
    expect(pieces).to_have_count(4)
    expect(page.locator("[data-wave]")).to_be_visible()
    page.get_by_role("button", name="Place 3 pieces").click()
    expect(page.get_by_text("Done.")).to_be_visible(timeout=30_000)
    assert list(batch.sounds.values_list("entry__text", flat=True)) == ["rom", "dād", "dāda"]
    assert Take.objects.count() == 3


def test_an_edge_is_dragged_on_the_waveform(visit, english_author, speaker, latvian, entries):
    pks = [one.pk for one in entries]
    batch = uploads.start_batch(speaker=speaker, variety=latvian, entries=pks, by=english_author, kind="long")
    page = visit(english_author).open(reverse("studio_upload_files", args=[batch.uuid]))
    page.get_by_label("File", exact=True).set_input_files(payload("session.wav", spoken(5)))
    expect(page.locator("[data-pieces] button")).to_have_count(5, timeout=30_000)
    before = LongSound.objects.get().cuts
    wave = page.locator("[data-wave]")
    wave.scroll_into_view_if_needed()
    box = wave.bounding_box()

    def x(ms):
        return box["x"] + ms / 12_000 * box["width"]

    page.mouse.move(x(before[0]["end"]), box["y"] + 50)
    page.mouse.down()
    page.mouse.move(x(before[0]["end"] + 150), box["y"] + 50, steps=4)
    page.mouse.up()
    expect(page.get_by_text("Kept.")).to_be_visible()
    after = LongSound.objects.get().cuts
    assert after[0]["end"] == pytest.approx(before[0]["end"] + 150, abs=40)
    assert after[1:] == before[1:]
