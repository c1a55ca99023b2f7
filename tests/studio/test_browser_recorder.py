"""The recorder in a real browser, whose microphone hears a WAV file of ours: nothing that was said is lost, and each
take arrives once."""

import json
import re

import pytest
from playwright.sync_api import expect

from media.models import Recording
from progress.models import AppealedForm
from studio.models import SessionTake
from tests.inprocess import Visit, chromiums
from tests.making import take_consent_back
from tests.media import sounds

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def hearing(django_db_setup, tmp_path_factory):
    """Return a function that starts a browser whose microphone hears a tone of this loudness."""
    folder = tmp_path_factory.mktemp("microphone")
    with chromiums() as start:

        def open_one(loud):
            file = folder / f"{loud}.wav"
            file.write_bytes(sounds.wav(3, rate=48_000, loud=loud))
            return start(file)

        yield open_one


@pytest.fixture(scope="module")
def talking(hearing):
    return hearing(0.3)


class Recorder(Visit):
    """The recorder's screen, as somebody who holds a session has it before them."""

    def __init__(self, browser, user, session, **window):
        super().__init__(browser, user, permissions=["microphone"], reduced_motion="reduce", **window)
        self.session = session
        self.press = (lambda target: target.tap()) if window.get("has_touch") else (lambda target: target.click())

    def start(self):
        self.open(f"/admin/studio/sessions/{self.session.pk}/record/")
        return self.ready()

    def ready(self):
        expect(self.page.locator("#studio, #done").filter(visible=True)).to_be_visible()
        return self

    def is_asked(self, word):
        expect(self.page.get_by_role("heading", level=1).first).to_have_text(word)

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def record(self, name="Record"):
        """Record half a second."""
        self.press(self.button(name))
        expect(self.button("Stop")).to_have_attribute("aria-pressed", "true")
        self.page.wait_for_timeout(500)
        self.press(self.button("Stop"))
        expect(self.page.locator("#after")).to_be_visible()

    def says(self, words):
        expect(self.page.locator("#said")).to_have_text(words)

    def counts(self, words):
        expect(self.page.locator("#sent")).to_contain_text(words, timeout=15_000)

    def go_offline(self, is_offline=True):
        self.is_offline = is_offline
        self.context.set_offline(is_offline)

    def close(self):
        self.context.close()
        assert self.errors == []


@pytest.fixture
def recorder(author, session):
    """Open the recorder in a browser; it is closed again, and no script of ours may have failed."""
    opened = []

    def open_one(browser, **window):
        opened.append(Recorder(browser, author, session, **window))
        return opened[-1].start()

    yield open_one
    for one in opened:
        one.close()


def said():
    """Return the words that were recorded, each as often as there are recordings of it."""
    return sorted(Recording.objects.filter(kind="native").values_list("transcript", flat=True))


def test_ten_prompts_of_which_five_wait_for_a_connection_arrive_exactly_once(talking, recorder, words):
    window = recorder(talking)
    for word in words[:5]:
        window.is_asked(word.text)
        window.record()
        window.says("Good.")
        window.press(window.button("Next"))
    window.counts("Everything has been sent.")
    window.go_offline()
    for word in words[5:]:
        window.is_asked(word.text)
        window.record()
        window.press(window.button("Next"))
    window.is_asked("That was the last prompt")
    window.counts("No connection. Safe on this device, waiting: 5")
    assert SessionTake.objects.count() == 5
    # The page is left and opened again; the lid was closed meanwhile.
    window.page.goto("about:blank")
    window.go_offline(False)
    window.start()
    window.counts("Everything has been sent.")
    assert said() == sorted(word.text for word in words)
    assert SessionTake.objects.count() == Recording.objects.filter(kind="native").count() == 10
    assert set(window.session.prompts.values_list("state", flat=True)) == {"recorded"}
    window.is_asked("That was the last prompt")


def test_a_reply_that_got_lost_and_a_busy_server_make_no_second_take(talking, recorder, words):
    window = recorder(talking)
    lose, lost = window._fulfill, []

    def fulfil(route, response):
        if "/takes/" in route.request.url and not lost:
            lost.append(response.status_code)
            return route.abort("connectionreset")
        return lose(route, response)

    window._fulfill = fulfil
    window.record()
    window.counts("Everything has been sent.")
    assert lost == [201], "the server had kept it"
    window.failing["/takes/"] = 503
    window.press(window.button("Next"))
    window.record()
    window.counts("waiting: 1")
    window.failing.clear()
    window.counts("Everything has been sent.")
    assert said() == ["phal", "phen"]


def test_by_keyboard_alone_normal_slow_again_and_other_prompts(talking, recorder):
    window = recorder(talking)
    keys = window.page.keyboard

    def take():
        expect(window.button("Stop")).to_be_visible()
        window.page.wait_for_timeout(400)
        keys.press("Space")
        window.says("Good.")

    keys.press("Space")
    take()
    keys.press("s")
    take()
    keys.press("a")
    take()
    window.counts("Everything has been sent.")
    takes = Recording.objects.filter(kind="native").values_list("transcript", "pace")
    assert sorted(takes) == [("phal", "slow")] or sorted(takes) == [("phal", "normal"), ("phal", "slow")]
    keys.press("Space")
    window.is_asked("phen")
    keys.press("ArrowRight")
    window.is_asked("čhaj")
    keys.press("ArrowLeft")
    window.is_asked("phen")
    keys.press("x")
    expect(window.page.get_by_role("radio", name="We do not say this")).to_be_focused()
    keys.press("Space")
    keys.press("Enter")
    window.is_asked("čhaj")
    window.counts("Everything has been sent.")
    assert window.session.prompts.get(position=2).skip_reason == "not_said"


def test_on_a_phone_by_touch_and_the_helper_is_told_to_read_aloud(talking, recorder):
    window = recorder(talking, **PHONE)
    assert window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(window.page.get_by_text("Read the meaning aloud to the speaker")).to_be_visible()
    window.record()
    window.press(window.button("Also slowly"))
    expect(window.button("Stop")).to_be_visible()
    window.page.wait_for_timeout(400)
    window.press(window.button("Stop"))
    window.says("Good.")
    window.counts("Everything has been sent.")
    assert sorted(Recording.objects.filter(kind="native").values_list("pace", flat=True)) == ["normal", "slow"]
    box = window.button("Next").bounding_box()
    assert box["height"] >= 44
    assert window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("reason", "name"),
    [("not_said", "We do not say this"), ("differently", "I say it differently"), ("later", "Another time")],
)
def test_a_prompt_is_skipped_with_its_reason(talking, recorder, reason, name):
    window = recorder(talking)
    window.press(window.button("Skip"))
    window.press(window.button("Skip it"))
    expect(window.page.get_by_role("alert").filter(visible=True)).to_have_text("Choose why it is skipped.")
    window.press(window.page.locator("label", has_text=name))
    if reason == "differently":
        window.press(window.button("Skip it"))
        expect(window.page.get_by_role("alert").filter(visible=True)).to_have_text("Write how the speaker says it.")
        window.page.get_by_label("How do you say it?").type("p")
        window.press(window.button("š"))
        window.page.get_by_label("How do you say it?").press_sequentially("al")
    window.press(window.button("Skip it"))
    window.is_asked("phen")
    window.counts("Everything has been sent.")
    prompt = window.session.prompts.first()
    assert (prompt.state, prompt.skip_reason) == ("skipped", reason)
    assert [one.written for one in AppealedForm.objects.all()] == (["pšal"] if reason == "differently" else [])


def test_what_the_site_refuses_stays_at_its_take_with_what_to_do(talking, recorder, speaker):
    window = recorder(talking)
    take_consent_back(speaker)
    window.record()
    refusal = window.page.locator("#refusals")
    expect(refusal).to_contain_text("The speaker's consent is no longer on record.")
    expect(refusal).to_contain_text("open the speaker's page")
    window.counts("Not accepted: 1")
    # Without consent the recorder is shut, but it tells of what it still holds.
    window.open(f"/admin/studio/sessions/{window.session.pk}/record/")
    expect(window.page.locator("[data-outbox]")).to_contain_text("Not accepted: 1.")
    speaker.consents.update(withdrawn_on=None)
    window.start()
    window.press(window.button("Not accepted: 1"))
    expect(refusal.get_by_role("link", name="Save as a file")).to_have_attribute("download", re.compile("webm"))
    window.press(refusal.get_by_role("button", name="Send again"))
    window.counts("Everything has been sent.")
    expect(refusal).to_be_hidden()
    assert said() == ["phal"]


def test_a_take_is_heard_and_thrown_away(talking, recorder):
    window = recorder(talking)
    window.record()
    window.counts("Everything has been sent.")
    window.press(window.button("Listen"))
    window.page.wait_for_function("document.getElementById('player').currentTime > 0.1")
    window.press(window.button("Throw away"))
    expect(window.page.locator("#takes-box")).to_be_hidden()
    assert said() == []
    assert window.session.prompts.first().state == "waiting"
    # What was recorded before is heard from the server when the page comes back.
    window.record()
    window.counts("Everything has been sent.")
    window.start()
    window.press(window.button("Previous prompt"))
    window.press(window.button("Listen"))
    window.page.wait_for_function("document.getElementById('player').currentTime > 0.1")
    assert "/admin/recordings/sound/" in window.page.evaluate("document.getElementById('player').src")


def test_signed_out_meanwhile_nothing_is_lost_and_the_way_back_is_shown(talking, recorder, author):
    window = recorder(talking)
    window.client.logout()
    window.record()
    window.counts("You are signed out. Safe on this device, waiting: 1")
    expect(window.page.get_by_role("link", name="Sign in")).to_be_visible()
    window.client.force_login(author, "django.contrib.auth.backends.ModelBackend")
    window.page.evaluate("dispatchEvent(new Event('online'))")
    window.counts("Everything has been sent.")
    assert said() == ["phal"]


def test_the_page_of_the_session_sends_what_waits_too(talking, recorder):
    window = recorder(talking)
    window.go_offline()
    window.record()
    window.counts("waiting: 1")
    window.page.goto("about:blank")
    window.go_offline(False)
    window.failing["/takes/"] = 503
    window.open(f"/admin/studio/sessions/{window.session.pk}/")
    told = window.page.locator("[data-outbox]")
    expect(told).to_have_text("On this device wait to be sent: 1")
    window.failing.clear()
    expect(told).to_be_hidden(timeout=15_000)
    assert said() == ["phal"]


def test_a_voice_of_the_device_says_the_meaning(talking, author, session):
    window = Recorder(talking, author, session)
    window.page.add_init_script(
        "window.heard = [];"
        "speechSynthesis.getVoices = () => [{ lang: 'lv-LV', name: 'Everita' }];"
        "window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"
        "speechSynthesis.speak = (one) => heard.push([one.text, one.lang]);"
    )
    window.start()
    expect(window.page.locator("#read-meaning")).to_be_hidden()
    window.press(window.button("Hear the meaning"))
    assert window.page.evaluate("heard") == [["brālis", "lv-LV"]]
    window.close()


@pytest.mark.parametrize(("name", "told"), [("NotAllowedError", "not allowed"), ("NotFoundError", "No microphone")])
def test_without_a_microphone_it_is_said_what_to_do(talking, author, session, name, told):
    window = Recorder(talking, author, session)
    window.page.add_init_script(
        f"MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('no', '{name}'))"
    )
    window.start()
    window.press(window.button("Record"))
    expect(window.page.locator("#said")).to_contain_text(told)
    window.close()


def test_a_browser_that_keeps_nothing_says_so_and_sends_all_the_same(talking, author, session):
    window = Recorder(talking, author, session)
    window.page.add_init_script("indexedDB.open = () => { throw new DOMException('no', 'InvalidStateError'); };")
    window.start()
    expect(window.page.get_by_role("alert").filter(visible=True)).to_contain_text("This browser keeps nothing.")
    window.record()
    window.counts("Everything has been sent.")
    assert said() == ["phal"]
    window.close()


# --- the judgement, as numbers --------------------------------------------------------------------

RATE = 8000
TAKES = {
    "good": ("Math.sin(n / 5) * .3", 1),
    "quiet": ("Math.sin(n / 5) * .01", 1),
    "silent": ("Math.sin(n / 5) * .001", 1),
    "clipped": ("Math.max(-1, Math.min(1, Math.sin(n / 5) * 4))", 1),
    "long": ("Math.sin(n / 5) * .3", 30.1),
    "short": ("Math.sin(n / 5) * .3", 0.1),
}


@pytest.mark.parametrize("verdict", TAKES)
def test_a_take_is_judged(talking, author, session, verdict):
    formula, seconds = TAKES[verdict]
    window = Recorder(talking, author, session)
    window.open("/static/studio/recorder.css")
    found = window.page.evaluate(
        f"""async () => {{
            const {{ judge, measure }} = await import("/static/studio/js/judge.js");
            const samples = Float32Array.from({{ length: {int(RATE * seconds)} }}, (_, n) => {formula});
            return [judge(measure(samples, {RATE})), judge(measure(new Float32Array(0), {RATE}))];
        }}"""
    )
    assert found == [verdict, "short"], json.dumps(found)
    window.close()


def test_one_click_in_a_quiet_take_makes_it_neither_loud_nor_good(talking, author, session):
    window = Recorder(talking, author, session)
    window.open("/static/studio/recorder.css")
    found = window.page.evaluate(
        """async () => {
            const { judge, measure } = await import("/static/studio/js/judge.js");
            const samples = Float32Array.from({ length: 8000 }, (_, n) => (n === 4000 ? 1 : Math.sin(n / 5) * .01));
            return judge(measure(samples, 8000));
        }"""
    )
    assert found == "quiet"
    window.close()
