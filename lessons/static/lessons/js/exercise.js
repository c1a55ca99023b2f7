// <exercise-form>: an exercise as a learner does it, around a form that works without a script.
//
//   data-script   the module of the exercise's type: enhance(form) makes the form quick to use,
//                 read(form) returns its answer, isMissing(answer, form) – where a type has it – says that it is not whole
//   data-check    where an answer in practice is judged
//
// A long form is not there at first: a link leads to the exercise's own page, and once the learner comes near, the
// form is fetched from there.
//
// An answer is announced as the event "answer" (detail.answer; null stands for “I don't know”). Whoever takes it
// cancels the event; if nobody does, the form is sent as it would be without a script.

import { ApiError, post } from "../../cms/js/api.js";

const ICONS = { exact: "check", variant: "variant", spelling: "spelling", near: "near", other: "other", wrong: "again" };
const SLOW = 300; // milliseconds before anything is said about waiting
const PATIENCE = 15000;
const NEAR = "600px"; // as in app.js

/** The words that this module says, from the page. */
const texts = () => document.querySelector("template.texts")?.dataset ?? {};

export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export function icon(name) {
  const SVG = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

const romani = (text) => make("span", { lang: "rml" }, text);

/** Return `pattern` with each {name} replaced; a replacement may be an element. */
export function sentence(pattern, values) {
  return pattern.split(/\{(\w+)\}/).map((piece, place) => (place % 2 ? values[piece] ?? "" : piece));
}

function sound(audio, text) {
  const mp3 = audio?.sources.find((one) => one.type.startsWith("audio/mpeg"));
  if (!mp3) return "";
  const kind = audio.unchecked ? "unchecked" : audio.voice;
  const pattern = { synthetic: texts().listenSynthetic, unchecked: texts().listenUnchecked }[kind] ?? texts().listen;
  const link = make("a", { className: "hear small", href: mp3.url }, icon("play"),
    make("span", { className: "vh" }, ...sentence(pattern, { text: romani(text) })));
  link.dataset.voice = kind;
  return link;
}

function part({ text, lang, mark }) {
  if (!lang) return text;
  return make("span", { lang }, mark ? make("mark", {}, text) : text);
}

function pairs(list) {
  return make("ul", {}, ...list.map((pair) => make("li", {},
    icon(pair.is_right ? "check" : "again"), make("span", {}, romani(pair.romani), ` – ${pair.meaning}`),
    sound(pair.audio, pair.romani))));
}

/** Return what a type says of each part of an answer, one below the other. */
export const lines = (list) => make("ul", {}, ...list.map((line) => make("li", {},
  icon(line.is_right ? "check" : "again"), make("span", {}, ...line.parts.map(part)), sound(line.audio, line.romani))));

/** Return the verdict on an answer: its word first, so that the ear gets the judgement first. */
export function verdict(result) {
  const box = make("div", { className: "verdict" }, icon(ICONS[result.verdict]), make("strong", {}, result.title),
    make("p", {}, ...result.message.map(part)));
  // The colour says what counts: a spelling that does not count here must not be green.
  const isAlmost = !result.is_right && ["variant", "spelling"].includes(result.verdict);
  box.dataset.v = isAlmost ? "near" : result.verdict;
  if (result.solution.lines) box.append(lines(result.solution.lines));
  else if (result.solution.pairs) box.append(pairs(result.solution.pairs));
  // A near miss lets the word be heard; its name would tell the letter.
  else if (result.audio) box.append(sound(result.audio, result.verdict === "near" ? "…" : result.solution.romani));
  return box;
}

/** Return a message in the shape of a verdict. */
export function notice(title, ...body) {
  const box = make("div", { className: "verdict" }, icon("offline"), make("strong", {}, title), make("p", {}, ...body));
  box.dataset.v = "notice";
  return box;
}

/** Return what the server found wrong, in words; empty if it said nothing. */
export const complaint = (error) => Object.values(error.problem?.errors ?? {})[0]?.[0] ?? error.problem?.detail ?? "";

const isBlank = (answer) =>
  typeof answer === "string" ? !answer.trim() : Object.values(answer).every(isBlank);

// --- what several types share ---------------------------------------------------------------

/** Let the row of special letters write at the cursor of the field that was used last. */
export function letters(form) {
  const keys = form.querySelector(".keys");
  if (!keys) return;
  let field = form.querySelector("input[type=text]");
  form.addEventListener("focusin", ({ target }) => { if (target.matches("input[type=text]")) field = target; });
  // A tap must not take the cursor, and on a phone the keyboard, away from the field.
  keys.addEventListener("pointerdown", (event) => event.preventDefault());
  keys.addEventListener("click", ({ target }) => {
    const key = target.closest("button");
    if (!key || field.disabled) return;
    field.setRangeText(key.textContent, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  keys.hidden = false;
}

/** Tell screen readers what has just moved. */
export const announce = (form, pattern, values) => {
  form.querySelector("[role=status]").textContent = sentence(pattern, values).join("");
};

/** Let the arrow keys go from button to button inside `place`. */
export function arrows(place) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  place.addEventListener("keydown", (event) => {
    if (!step[event.key] || event.defaultPrevented) return;
    const buttons = [...place.querySelectorAll("button:not([hidden])")];
    const next = buttons[buttons.indexOf(document.activeElement) + step[event.key]];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

// --- the element ----------------------------------------------------------------------------

export class ExerciseForm extends HTMLElement {
  async connectedCallback() {
    if (this.form) return;
    this.form = this.querySelector("form");
    if (!this.form) return this.#later();
    this.fieldset = this.form.querySelector("fieldset");
    this.place = this.form.querySelector(".result");
    // Without its type's script the form stays a plain form: it can still be sent where a page takes it.
    const type = await import(this.dataset.script).catch(() => null);
    if (!type) return;
    this.type = type;
    type.enhance(this.form);
    if (this.querySelector("details.twin")) import("./silent.js").then(({ silence }) => silence(this.form)).catch(() => {});
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.form.addEventListener("input", () => this.#fault(""));
    if (!this.dataset.check) return;
    this.querySelector("[data-without]")?.remove();
    this.querySelector(".act").hidden = false;
    this.button = this.querySelector(".act .btn");
    this.label = this.button.textContent;
    this.skip = this.querySelector("[name=skip]");
  }

  #later() {
    const near = new IntersectionObserver(([{ isIntersecting }]) => {
      if (!isIntersecting) return;
      near.disconnect();
      this.#fetch(this.querySelector("a"));
    }, { rootMargin: NEAR });
    near.observe(this);
  }

  /** Put the form of the exercise's own page in place; without a connection the link stays. */
  async #fetch(link) {
    const page = await fetch(link.href).then((reply) => (reply.ok ? reply.text() : "")).catch(() => "");
    const found = new DOMParser().parseFromString(page, "text/html").querySelector("exercise-form");
    if (!found) return;
    const hadFocus = link === document.activeElement;
    Object.assign(this.dataset, found.dataset);
    this.replaceChildren(...found.childNodes);
    await this.connectedCallback();
    if (hadFocus) this.querySelector("legend").focus();
  }

  #submit(event) {
    // Practice has no page that would take the form.
    if (this.form.method !== "post") event.preventDefault();
    if (this.isBusy) return;
    if (this.isJudged) return this.#again();
    const answer = event.submitter?.name === "skip" ? null : this.type.read(this.form);
    const isMissing = this.type.isMissing ?? isBlank;
    if (answer !== null && isMissing(answer, this.form)) {
      event.preventDefault();
      return this.#fault(this.querySelector(".fault").dataset.empty);
    }
    this.#fault("");
    if (this.dataset.check) return this.#check(answer);
    const taken = !this.dispatchEvent(new CustomEvent("answer", { bubbles: true, cancelable: true, detail: { answer } }));
    if (taken) event.preventDefault();
  }

  /** Say at the field what is wrong with the answer; nothing typed is lost. */
  #fault(message) {
    const line = this.querySelector(".fault");
    const controls = this.fieldset.querySelectorAll("input:not([type=hidden]), select");
    if (!message && line.hidden) return;
    line.hidden = !message;
    line.querySelector("span").textContent = message;
    for (const control of controls) {
      if (message) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
    if (message) this.focusFirst();
  }

  fault(message) { this.#fault(message); }

  focusFirst() {
    const control = this.fieldset.querySelector("input:not([type=hidden], [hidden]), select:not([hidden]), .match button, .parts button");
    control?.focus();
  }

  async #check(answer) {
    this.isBusy = true;
    const waiting = setTimeout(() => this.button.setAttribute("aria-disabled", "true"), SLOW);
    try {
      this.show(await post(this.dataset.check, { answer }, { signal: AbortSignal.timeout(PATIENCE) }));
      this.isJudged = true;
      this.button.textContent = this.button.dataset.again;
      this.skip.hidden = true;
    } catch (error) {
      this.#failed(error);
    }
    clearTimeout(waiting);
    this.button.removeAttribute("aria-disabled");
    this.isBusy = false;
  }

  #failed(error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 400) return this.#fault(complaint(error));
    const said = texts();
    if (error.status) this.place.replaceChildren(notice(said.failed, complaint(error)));
    else this.place.replaceChildren(notice(said.lost, said.lostPractice));
  }

  #again() {
    this.isJudged = false;
    this.button.textContent = this.label;
    this.skip.hidden = false;
    this.place.replaceChildren();
    const typed = this.form.querySelector("input[type=text]");
    if (!typed) this.form.reset();
    this.focusFirst();
    typed?.select();
  }

  /** Show a verdict below the question. */
  show(result) { this.place.replaceChildren(verdict(result)); }
}

customElements.define("exercise-form", ExerciseForm);
