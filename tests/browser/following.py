"""Follow a guide literally: do what each step says with what the screen shows, and nothing that it does not say.

What a step names in **bold** is sought on the screen by the name that everybody sees or hears; what stands as `code`
is typed or chosen. The words around say which of the few things a hand can do is meant:

    Spiediet **X**. / Atveriet **X**.               press X
    Laukā **X** ierakstiet `v`. / izvēlieties `v`.   fill the field X, whatever kind it is
    Spiediet plusu un izvēlieties **X**.             the last plus of the lesson
    Spiediet **X** un tāpat izvēlieties: `v`, `w`.   press X and fill the field of the step before; once for each
    Pie `v` spiediet **X**.                          X in the row or box that holds v
    Atstājiet ķeksi tikai pie **X**, **Y**.          these and no others
    redzat **X** / redzat `v`                        it must be there; „priekšskatījumā”: in the preview

What cannot be named in words (a mark without text, a gesture) stands in `GESTURES`. A step that names nothing and is
no gesture cannot be followed, and fails.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page, expect

from .guide import Mark, Step

ROLES = ("button", "link", "menuitem", "tab", "option", "checkbox", "radio")
WIDGET = """xpath=following::*[self::textarea or self::select or (self::input and not(@type='hidden'))
 or @contenteditable='true' or @data-chooser-action-choose][1]"""
SAID = ("ierakstiet", "izvēlieties", "rakstiet")
SETTLE = 200  # milliseconds after a press, for what the press opens


class Follower:
    """Somebody who reads a guide beside the screen. `own` holds what only they know: their address, their password."""

    def __init__(self, page: Page, own: dict[str, str]):
        self.page, self.own = page, own
        self.field = ""
        """The field that was filled last: „tāpat” means it."""
        self.box: Any = None
        """Where in the window the thing is that was touched last."""
        self.done: list[Step] = []
        self.patience = 10_000  # milliseconds for a thing to appear

    def follow(self, step: Step) -> None:
        """Do one step; whatever cannot be done says which step it was."""
        try:
            self._follow(step)
        except Exception as error:
            error.add_note(f"The guide says: {step}")
            raise

    def _follow(self, step: Step) -> None:
        gestures = [gesture for words, gesture in GESTURES.items() if words in step.text]
        for gesture in gestures:
            gesture(self)
        if not step.marks and not gestures:
            raise AssertionError("The step names nothing that can be followed.")
        if "adresei galā" in step.text:
            self.page.goto(step.marks[0].text)
        elif "Atstājiet ķeksi" in step.text:
            self.check_only([mark.text for mark in step.marks])
        elif "Atkārtojiet" in step.text:
            self.again(step)
        elif "tāpat" in step.text:
            self.repeat(step.marks)
        else:
            self._take(step, step.marks)
        if "Enter" in step.text:
            self.page.keyboard.press("Enter")
        self.settle()
        if "kļūd" not in step.section:
            expect(self.page.locator(".messages .error, .error-message").filter(visible=True)).to_have_count(0)
        self.done.append(step)

    def _take(self, step: Step, marks: list[Mark]) -> None:
        scope, place = self.scope(), 0
        while place < len(marks):
            mark, place = marks[place], place + 1
            value = self.value(mark, marks[place] if place < len(marks) else None)
            if "kreisajā malā" in mark.before:
                scope = self.page.locator(".sidebar")
            if "iezīmējiet" in mark.before:
                self.select(mark.text)
            elif "redzat" in mark.before:
                self.see(mark.text, self.preview() if "priekšskatījumā" in step.text.lower() else self.page)
            elif mark.on_screen and re.search(r"\b(zem|sadaļā) $", mark.before):
                self.see(mark.text, self.page)
            elif "atveriet šo lapu vēlreiz" in mark.before:
                self.reload_until(mark.text)
                self.press(mark.text, scope)
            elif mark.before.strip().endswith("pie") and not mark.on_screen:
                scope = self.beside(mark.text)
            elif mark.on_screen and value:
                self.fill(mark.text, value)
                place += value not in self.own.values()
            else:
                self.press(mark.text, scope)
                scope = scope if "sidebar" in str(scope) else self.scope()

    def value(self, mark: Mark, following: Mark | None) -> str:
        """Return what the step says to put into the field that `mark` names, if it says so."""
        if not mark.on_screen or not any(word in mark.after for word in SAID):
            return ""
        known = [value for words, value in self.own.items() if words in mark.after]
        return known[0] if known else following.text if following and not following.on_screen else ""

    # --- what a hand can do -----------------------------------------------------------------

    def press(self, name: str, scope: Any) -> None:
        """Press what has this name; the last, for what one has just opened or added stands below the rest."""
        named = re.compile(rf"^\s*{escaped(name)}\s*($|[^\w\s])")
        found = scope.get_by_role(ROLES[0], name=named)
        for role in ROLES[1:]:
            found = found.or_(scope.get_by_role(role, name=named))
        target = found.or_(scope.locator("button, a").filter(has_text=named)).filter(visible=True)
        expect(target.first).to_be_visible(timeout=self.patience)
        if name.startswith(("Saglabāt", "Iesniegt", "Publicēt")):
            self.look_up()
        here = self.page.url
        self.touch(target.last).click()
        self.settle()
        if self.page.url != here:
            self.box = None

    def fill(self, label: str, value: str) -> None:
        """Fill the first thing below the label, as eyes find it; of several such labels the last."""
        self.field = label
        named = re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$")
        labels = self.scope().locator("label, legend, h2, h3, th").filter(has_text=named, visible=True)
        expect(labels.first).to_be_visible(timeout=self.patience)
        widget = self.touch(labels.last.locator(WIDGET))
        kind = widget.evaluate("one => one.tagName == 'INPUT' ? one.type : one.tagName.toLowerCase()")
        if widget.get_attribute("data-chooser-action-choose") is not None:
            self.choose(widget, value)
        elif kind == "select":
            widget.select_option(label=value)
        elif widget.get_attribute("contenteditable"):
            widget.click()
            self.page.keyboard.insert_text(value)
        else:
            widget.fill(value)

    def choose(self, opener: Locator, value: str) -> None:
        """Choose in the window that opens, by searching where there is much."""
        opener.click()
        window = self.page.locator(".modal-body")
        choices = window.locator("a[data-chooser-modal-choice]")
        expect(choices.first).to_be_visible()
        search = window.locator("input[name=q]")
        wanted = choices.filter(has_text=re.compile(rf"^\s*{escaped(value)}(\s|$)"))
        if search.count():
            search.fill(value)
        elif not wanted.count():
            window.get_by_role("link", name="Tālāk").click()  # a short list that has no search
        wanted.first.click()
        expect(window).to_have_count(0)

    def repeat(self, marks: list[Mark]) -> None:
        field = self.field
        for mark in marks[1:]:
            self.press(marks[0].text, self.scope())
            self.fill(field, mark.text)

    def again(self, step: Step) -> None:
        """Do steps of the same section once more for each value, which takes the place of the value in them."""
        first, last = (int(number) for number in re.findall(r"(\d+)\.", step.text)[:2])
        before = [one for one in self.done if one.section == step.section and first <= one.number <= last]
        for mark in step.marks:
            for one in before:
                self._take_again(replace(one, text=re.sub(r"`.+?`", f"`{mark.text}`", one.text)))

    def _take_again(self, step: Step) -> None:
        done = list(self.done)
        self._follow(step)
        self.done = done

    def reload_until(self, name: str) -> None:
        """Open the page again, as one does, until a link of this name is there."""
        link = self.page.get_by_role("link", name=name)
        for _ in range(60):
            if link.count():
                return
            self.page.wait_for_timeout(1000)
            self.page.reload()
        raise AssertionError(f"“{name}” did not come.")

    def check_only(self, names: list[str]) -> None:
        """Leave a tick at these alone."""
        group = self.page.get_by_role("checkbox", name=names[0]).locator("xpath=ancestor::fieldset|ancestor::ul").last
        boxes = group.get_by_role("checkbox")
        for box in (self.page.get_by_role("checkbox") if not boxes.count() else boxes).all():
            box.uncheck()
        for name in names:
            self.touch(self.page.get_by_role("checkbox", name=name, exact=True)).check()

    def select(self, word: str) -> None:
        """Select a word in the text that was written last."""
        field = self.touch(self.page.locator("[contenteditable=true]").filter(has_text=word, visible=True).last)
        field.click()
        field.press("Control+End")
        text = field.inner_text()
        behind = len(text.rstrip("\n")) - text.rindex(word) - len(word)
        for _ in range(behind):
            field.press("ArrowLeft")
        for _ in word:
            field.press("Shift+ArrowLeft")

    def see(self, text: str, scope: Page | FrameLocator) -> None:
        target = scope.get_by_text(text).filter(visible=True).first
        expect(target).to_be_visible(timeout=2 * self.patience)
        if isinstance(scope, Page):
            self.touch(target)

    # --- where --------------------------------------------------------------------------------

    def scope(self) -> Any:
        """Return where one looks: the window that lies on top, or the page."""
        window = self.page.locator(".modal-content").filter(visible=True)
        return window if window.count() else self.page

    def beside(self, text: str) -> Locator:
        """Return the smallest row or box that holds the text."""
        boxes = self.page.locator("tr, article, li").filter(visible=True)
        rows = self.page.locator("tr, li").filter(has_text=re.compile(rf"^\s*{escaped(text)}"), visible=True)
        found = boxes.filter(has=self.page.get_by_text(text, exact=True)).or_(rows).last
        expect(found).to_be_visible(timeout=self.patience)
        return self.touch(found)

    def preview(self) -> FrameLocator:
        # While a newer preview loads, the older one stays in sight.
        return self.page.frame_locator("[data-side-panel=preview] iframe:not(.w-preview__proxy)")

    def touch(self, target: Locator) -> Locator:
        target.scroll_into_view_if_needed()
        self.box = target.bounding_box()
        return target

    def look_up(self) -> None:
        """Look whether the draft is saving itself, as one does between the last word and the button.

        Hands are slower than the half second after which it begins.
        """
        self.page.wait_for_timeout(700)
        saving = self.page.locator(".w-autosave-indicator__state--saving").filter(visible=True)
        expect(saving).to_have_count(0, timeout=self.patience)

    def settle(self) -> None:
        self.page.wait_for_timeout(SETTLE)
        self.page.wait_for_load_state()


def escaped(text: str) -> str:
    return re.escape(text).replace("/", r"\/")  # a selector stands between slashes


# --- what words on the screen cannot name ---------------------------------------------------------


def press_wheel(reader: Follower) -> None:
    reader.page.locator(".sidebar a[href='/admin/']").first.click()
    reader.box = None


def press_plus(reader: Follower) -> None:
    plus = reader.page.locator("button.c-sf-add-button").filter(has=reader.page.locator("svg.icon-plus"), visible=True)
    # Lists of a block have one too, but theirs has its word; the lesson's own is the last.
    reader.touch(plus.last).click()
    reader.touch(reader.page.get_by_role("listbox"))


def press_phone(reader: Follower) -> None:
    reader.touch(reader.page.locator("[data-side-panel-toggle=preview]")).click()


def press_arrow(reader: Follower) -> None:
    reader.touch(reader.page.locator("footer .w-dropdown-button button[aria-expanded]").first).click()


def press_dots(reader: Follower) -> None:
    reader.touch(reader.page.locator(".w-slim-header .w-dropdown button").first).click()


GESTURES: dict[str, Callable[[Follower], None]] = {
    "riteni": press_wheel,
    "Spiediet plusu": press_plus,
    "telefona zīmi": press_phone,
    "bultiņu": press_arrow,
    "daudzpunkti": press_dots,
}
