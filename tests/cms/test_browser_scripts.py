"""The site's scripts in a real browser: sounds, the API from the page, who is signed in.

Nothing is served: the browser's requests are answered from here, so that each failure can be staged.
"""

import io
import json
import os
import re
import wave

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import expect, sync_playwright

from tests.chromium import executable

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SITE = "http://course.test"
TEXTS = {
    "soundFailed": "Neizdevās atskaņot.",
    "soundFailedHint": "Pieskarieties vēlreiz.",
    "signOut": "Iziet",
    "profile": "Mans konts",
    "menuOf": "Konts: %(name)s",
}
SPRITE = '<svg><defs><symbol id="i-play"></symbol><symbol id="i-pause"></symbol></defs></svg>'
ICON = '<svg class="i"><use href="#i-play"/></svg>'


def hear(name, ending="wav"):
    return f'<a class="hear" id="{name}" href="/audio/{name}.{ending}">{ICON}{name}</a>'


def page_of(body):
    return (
        f'<!doctype html><html lang="lv"><head><script type="module" src="/static/cms/js/app.js"></script></head>'
        f'<body>{SPRITE}{body}<p id="announcement" role="status"></p>'
        f'<script type="application/json" id="texts">{json.dumps(TEXTS)}</script></body></html>'
    )


def sound(seconds):
    """Return a silent sound of that length; Chromium plays it like any other."""
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\x00\x00" * int(8000 * seconds))
    return data.getvalue()


@pytest.fixture(scope="module")
def browser():
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        opened = playwright.chromium.launch(executable_path=executable(), args=arguments)
        yield opened
        opened.close()


class Site:
    """A page in the browser and what its requests are answered with."""

    def __init__(self, page):
        self.page = page
        self.body = ""
        self.lost = set()
        self.sounds = {"one": 0.6, "two": 0.6, "three": 0.6, "long": 30}
        self.api = {}
        self.asked = []
        page.route("**/*", self.answer)

    def answer(self, route):
        request = route.request
        path = request.url.removeprefix(SITE).split("?")[0]
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            return route.fulfill(path=found) if found else route.fulfill(status=404)
        self.asked.append(request)
        if path.startswith("/audio/"):
            name = re.sub(r"^/audio/|\.\w+$", "", path)
            if name not in self.sounds or path in self.lost:
                return route.fulfill(status=404)
            return route.fulfill(body=sound(self.sounds[name]), content_type="audio/wav")
        if path.startswith("/api/"):
            status, data = self.api.get((request.method, path), (404, {"title": "Nav"}))
            if status == 0:
                return route.abort()
            return route.fulfill(
                status=status, body="" if data is None else json.dumps(data), content_type="application/json"
            )
        return route.fulfill(body=self.body, content_type="text/html")

    def open(self, body):
        self.body = body if body.startswith("<!doctype") else page_of(body)
        self.page.goto(SITE + "/")
        self.page.wait_for_function("document.documentElement.classList.contains('js')")
        return self.page

    def asked_for(self, part):
        return [request for request in self.asked if part in request.url]


@pytest.fixture
def site(browser):
    context = browser.new_context()
    yield Site(context.new_page())
    context.close()


def is_pressed(page, selector, state):
    expect(page.locator(selector)).to_have_attribute("aria-pressed", state)


def test_a_tap_plays_in_place_and_the_ring_comes_back(site):
    page = site.open(hear("one"))
    page.click("#one")
    is_pressed(page, "#one", "true")
    expect(page.locator("#one use")).to_have_attribute("href", "#i-pause")
    page.wait_for_function("document.getElementById('player').currentTime > 0.1")
    is_pressed(page, "#one", "false")
    expect(page.locator("#one use")).to_have_attribute("href", "#i-play")
    assert page.url == SITE + "/", "the link was not followed"


def test_one_sound_at_a_time_and_a_second_tap_stops(site):
    page = site.open(hear("long") + hear("one"))
    page.click("#long")
    is_pressed(page, "#long", "true")
    page.click("#one")
    is_pressed(page, "#long", "false")
    is_pressed(page, "#one", "false")
    page.click("#long")
    is_pressed(page, "#long", "true")
    page.click("#long")
    is_pressed(page, "#long", "false")
    assert page.evaluate("document.getElementById('player').paused")


@pytest.mark.parametrize("key", ["Enter", " "])
def test_it_is_a_button_for_the_keyboard(site, key):
    page = site.open(hear("long"))
    expect(page.locator("#long")).to_have_attribute("role", "button")
    page.focus("#long")
    page.keyboard.press(key)
    is_pressed(page, "#long", "true")


def test_sounds_added_later_play_too(site):
    page = site.open('<div id="later"></div>')
    page.evaluate("html => { document.getElementById('later').innerHTML = html; }", f"<p>{hear('one')}</p>")
    expect(page.locator("#one")).to_have_attribute("role", "button")
    page.click("#one")
    page.wait_for_function("document.getElementById('player').currentTime > 0.1")


def test_a_missing_sound_says_so_and_can_be_tried_again(site):
    page = site.open(hear("gone"))
    page.click("#gone")
    expect(page.locator("#announcement")).to_have_text("Neizdevās atskaņot. Pieskarieties vēlreiz.")
    is_pressed(page, "#gone", "false")
    site.sounds["gone"] = 0.6
    page.click("#gone")
    page.wait_for_function("document.getElementById('player').currentTime > 0.1")


def test_small_format_first_and_the_other_when_it_fails(site):
    site.lost.add("/audio/one.opus")
    page = site.open(hear("two", "mp3") + hear("one", "mp3"))
    page.click("#two")
    page.wait_for_function("document.getElementById('player').currentTime > 0.1")
    assert site.asked_for("two.opus")
    assert not site.asked_for("two.mp3")
    page.click("#one")
    page.wait_for_function("document.getElementById('player').src.endsWith('one.mp3')")
    is_pressed(page, "#one", "false")
    assert site.asked_for("one.opus")
    expect(page.locator("#announcement")).to_be_empty()


DIALOGUE = (
    '<button id="all" data-play-all="lines" aria-pressed="false" hidden>Visu</button>'
    f'<ol id="lines"><li id="l1">{hear("one")}</li><li id="l2">{hear("two")}</li></ol>'
)


def test_a_dialogue_plays_line_by_line_and_marks_the_line(site):
    page = site.open(DIALOGUE)
    page.click("#all")
    for line in ("#l1", "#l2"):
        expect(page.locator(line)).to_have_attribute("aria-current", "true")
        expect(page.locator("[aria-current]")).to_have_count(1)
        is_pressed(page, "#all", "true")
    is_pressed(page, "#all", "false")
    expect(page.locator("[aria-current]")).to_have_count(0)


def test_a_dialogue_stops_when_asked_or_when_another_sound_is_tapped(site):
    site.sounds["one"] = 30
    page = site.open(DIALOGUE)
    page.click("#all")
    is_pressed(page, "#one", "true")
    page.click("#all")
    is_pressed(page, "#one", "false")
    page.click("#all")
    is_pressed(page, "#one", "true")
    page.click("#two")
    is_pressed(page, "#all", "false")
    expect(page.locator("[aria-current]")).to_have_count(0)


def test_a_dialogue_with_a_missing_line_stops_and_says_so(site):
    del site.sounds["two"]
    page = site.open(DIALOGUE)
    page.click("#all")
    expect(page.locator("#announcement")).to_contain_text("Neizdevās atskaņot.")
    is_pressed(page, "#all", "false")


def test_slow_holds_for_every_sound(site):
    page = site.open('<button id="slow" data-slow aria-pressed="false" hidden>Lēnāk</button>' + hear("long"))
    page.click("#long")
    page.click("#slow")
    is_pressed(page, "#slow", "true")
    rate = "document.getElementById('player').playbackRate"
    assert page.evaluate(rate) == pytest.approx(0.7)
    page.click("#long")
    page.click("#long")
    assert page.evaluate(rate) == pytest.approx(0.7)
    page.click("#slow")
    assert page.evaluate(rate) == 1


def test_without_the_script_a_sound_is_a_link(browser):
    context = browser.new_context(java_script_enabled=False)
    site = Site(context.new_page())
    site.body = page_of(hear("one"))
    site.page.goto(SITE + "/")
    expect(site.page.locator("#one")).to_have_attribute("href", "/audio/one.wav")
    assert site.page.locator("#one").get_attribute("role") is None
    context.close()


def call(page, source):
    return page.evaluate(
        f"""async () => {{
            const api = await import('/static/cms/js/api.js');
            try {{ return {{ data: await {source} }}; }}
            catch (error) {{ return {{ status: error.status, problem: error.problem }}; }}
        }}"""
    )


def test_api_sends_the_token_and_the_pages_language(site):
    site.api["PUT", "/api/v1/attempts/1/"] = (200, {"saved": True})
    page = site.open("<p></p>")
    page.context.add_cookies([{"name": "csrftoken", "value": "token-1", "url": SITE}])
    assert call(page, "api.put('attempts/1/', { answer: ['čhon'] })") == {"data": {"saved": True}}
    (request,) = site.asked_for("/attempts/")
    assert request.method == "PUT"
    assert request.headers["x-csrftoken"] == "token-1"
    assert request.headers["accept-language"] == "lv"
    assert json.loads(request.post_data) == {"answer": ["čhon"]}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            (400, {"title": "Nē", "errors": {"answer": ["?"]}}),
            {"status": 400, "problem": {"title": "Nē", "errors": {"answer": ["?"]}}},
        ),
        ((502, None), {"status": 502, "problem": None}),
        ((0, None), {"status": 0, "problem": None}),
        ((204, None), {"data": None}),
    ],
)
def test_api_tells_what_went_wrong(site, answer, expected):
    site.api["POST", "/api/v1/x/"] = answer
    assert call(site.open("<p></p>"), "api.post('x/')") == expected


PLACE = f'<nav><span data-account="/konts/" data-out="/iziet/"><a href="/ieiet/">{ICON}Ieiet</a></span></nav>'


def test_a_visitor_costs_no_request_about_himself(site):
    page = site.open(PLACE)
    expect(page.locator("nav")).to_have_text("Ieiet")
    assert not site.asked_for("/api/")


def test_a_signed_in_learner_sees_the_name_and_can_sign_out(site):
    site.api["GET", "/api/v1/me/"] = (200, {"name": "Ilze", "email": "ilze@example.lv"})
    site.page.context.add_cookies(
        [{"name": "signed_in", "value": "1", "url": SITE}, {"name": "csrftoken", "value": "token-1", "url": SITE}]
    )
    page = site.open(PLACE)
    account = page.get_by_role("link", name="Konts: Ilze")
    expect(account).to_have_attribute("href", "/konts/")
    expect(account).to_have_text("Ilze")
    page.get_by_role("button", name="Iziet").click()
    page.wait_for_url("**/iziet/")
    (request,) = site.asked_for("/iziet/")
    assert request.method == "POST"
    assert request.post_data == "csrfmiddlewaretoken=token-1"


def test_a_name_is_text_and_never_markup(site):
    site.api["GET", "/api/v1/me/"] = (200, {"name": "<img src=x onerror=alert(1)>", "email": "x@example.lv"})
    site.page.context.add_cookies([{"name": "signed_in", "value": "1", "url": SITE}])
    page = site.open(PLACE)
    expect(page.locator("nav")).to_contain_text("<img src=x")
    assert page.locator("nav img").count() == 0


@pytest.mark.parametrize("answer", [(401, {"title": "Nē"}), (500, None), (0, None)])
def test_a_stale_hint_leaves_the_way_to_sign_in(site, answer):
    site.api["GET", "/api/v1/me/"] = answer
    site.page.context.add_cookies([{"name": "signed_in", "value": "1", "url": SITE}])
    page = site.open(PLACE)
    page.wait_for_timeout(100)
    assert site.asked_for("/api/v1/me/")
    expect(page.locator("nav")).to_have_text("Ieiet")
