"""The consent page in a real browser: the spoken yes is recorded into the form; without a microphone, a file."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from media.models import Consent, ConsentEvidence, Recording, Speaker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.django_db]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def new(latvian):
    return Speaker.objects.create(label="Speaker 1", variety=latvian)


def answer(page, **said):
    for purpose in ("course", "download", "research", "training"):
        page.locator(f"[name={purpose}][value={said.get(purpose, 'no')}]").check(force=True)


def test_a_yes_is_spoken_on_a_phone(visit, author, new):
    window = visit(author, permissions=["microphone"], locale="lv", **PHONE)
    page = window.open(reverse("speaker:take_consent", args=[new.pk]))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    answer(page, course="yes")
    button = page.locator("[data-record]")
    button.click()
    expect(page.locator("[data-clock]")).to_contain_text("1 / 60", timeout=5000)
    button.click()
    expect(page.locator("[data-mine]")).to_be_visible()
    assert page.evaluate("document.querySelector('[name=evidence]').files[0].name") == "consent.webm"
    sent = page.evaluate(
        """async () => {
            const form = document.querySelector("[data-consent] form");
            const data = new FormData(form);
            const bytes = new Uint8Array(await data.get("evidence").arrayBuffer());
            return { type: data.get("evidence").type, course: data.get("course"), bytes: [...bytes] };
        }"""
    )
    assert sent["course"] == "yes"
    assert sent["type"] == "audio/webm"
    # Playwright hands no files over with a request, so what the form holds is sent as the browser would.
    from django.core.files.uploadedfile import SimpleUploadedFile

    fields = page.evaluate("Object.fromEntries([...new FormData(document.querySelector('[data-consent] form'))])")
    fields |= {"evidence": SimpleUploadedFile("consent.webm", bytes(sent["bytes"]))}
    assert window.client.post(reverse("speaker:take_consent", args=[new.pk]), fields).status_code == 302
    assert Consent.objects.get().purpose == "course"
    assert ConsentEvidence.objects.get().how == "spoken"
    assert not Recording.objects.exists()


def test_without_a_microphone_it_says_so_and_a_file_is_chosen(visit, author, new):
    page = visit(author, locale="en-GB").open(reverse("speaker:take_consent", args=[new.pk]))
    refused = "Promise.reject(new DOMException('', 'NotAllowedError'))"
    page.evaluate(f"() => {{ navigator.mediaDevices.getUserMedia = () => {refused}; }}")
    page.locator("[data-record]").click()
    expect(page.locator("[data-told]")).not_to_be_empty()
    expect(page.locator("[name=evidence]")).to_be_visible()


def test_without_a_script_the_form_is_whole(visit, author, new):
    page = visit(author, java_script_enabled=False).open(reverse("speaker:take_consent", args=[new.pk]))
    expect(page.locator("[data-recorder]")).to_be_hidden()
    expect(page.locator("[name=evidence]")).to_be_visible()
    assert page.locator("input[type=radio]").count() == 8


def test_the_device_reads_the_text_aloud_where_it_has_a_voice(visit, author, new):
    window = visit(author)
    window.page.add_init_script(
        """
        window.said = [];
        speechSynthesis.getVoices = () => [{ lang: "lv-LV" }];
        window.SpeechSynthesisUtterance = function (text) { this.text = text; };
        speechSynthesis.speak = (one) => said.push([one.lang, one.text]);
        """
    )
    page = window.open(reverse("speaker:take_consent", args=[new.pk]))
    page.locator("[data-speak]").first.click()
    ((language, text),) = page.evaluate("said")
    assert language == "lv"
    assert "jūsu balss skan šajā kursā" in text
    page = window.open(reverse("speaker:take_consent", args=[new.pk]) + "?language=en")
    expect(page.locator("[data-speak]").first).to_be_hidden()
