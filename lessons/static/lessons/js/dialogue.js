// A dialogue, line by line: the line that sounds is marked and kept in sight, with a pause before the next one.
//
//   <line-by-line data-module="…">
//     <button data-run hidden aria-pressed="false">  <button data-again hidden>
//     <ol class="lines"> <li> … <a class="hear">
//
// A tap on a line goes on from there; a line without a sound is shown for as long as it takes to read it.

import { play, stop } from "../../cms/js/hear.js";

const PAUSE = 700;
const SHORTEST = 1500;
const LONGEST = 4500;
const PER_LETTER = 45;

const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms, true); });
const readingTime = (line) => Math.min(LONGEST, Math.max(SHORTEST, line.innerText.length * PER_LETTER));

class LineByLine extends HTMLElement {
  connectedCallback() {
    if (this.lines) return;
    this.lines = [...this.querySelectorAll(".lines > li")];
    this.button = this.querySelector("[data-run]");
    this.again = this.querySelector("[data-again]");
    this.place = 0;
    this.turn = 0; // whoever waits with an older number has been overtaken
    this.runs = false;
    this.button.hidden = false;
    this.button.addEventListener("click", () => (this.runs ? this.halt() : this.run(this.place)));
    this.again.addEventListener("click", () => this.run(this.place, !this.runs));
    // Before hear.js hears of it: here a line is played with those that follow.
    this.querySelector(".lines").addEventListener("click", (event) => this.tap(event));
  }

  tap(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const control = event.target.closest(".hear[href]");
    const line = event.target.closest("li");
    if (!line || (!control && event.target.closest("a, button"))) return;
    event.preventDefault();
    event.stopPropagation();
    const place = this.lines.indexOf(line);
    if (this.runs && place === this.place) this.halt();
    else this.run(place);
  }

  /** Play from a line on; `once` only that line. */
  async run(from, once = false) {
    this.turn += 1;
    const mine = this.turn;
    stop();
    this.press(true);
    for (let place = from; place < this.lines.length; place += 1) {
      this.mark(place);
      const line = this.lines[place];
      const control = line.querySelector(".hear[href]");
      const heard = await (control ? play(control) : wait(readingTime(line)));
      if (mine !== this.turn) return;
      // Another sound of the page was asked for, or there is no connection: stay at this line.
      if (!heard || once) return this.halt();
      if (place + 1 < this.lines.length) await wait(PAUSE);
      if (mine !== this.turn) return;
    }
    this.halt();
    this.place = 0;
  }

  halt() {
    this.turn += 1;
    this.press(false);
    stop();
    for (const line of this.lines) line.removeAttribute("aria-current");
  }

  mark(place) {
    this.place = place;
    this.again.hidden = false;
    for (const line of this.lines) line.removeAttribute("aria-current");
    this.lines[place].setAttribute("aria-current", "true");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.lines[place].scrollIntoView({ block: "nearest", behavior: calm ? "instant" : "smooth" });
  }

  press(on) {
    this.runs = on;
    this.button.setAttribute("aria-pressed", String(on));
    this.button.querySelector("use")?.setAttribute("href", on ? "#i-pause" : "#i-play");
  }
}

customElements.define("line-by-line", LineByLine);
