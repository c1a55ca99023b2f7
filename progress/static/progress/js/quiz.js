// <quiz-attempt>: a quiz as it is taken, one question at a time. The page works without it, question below question.
//
// The address says which question is shown (#q3), so the browser's own Back and reload do what they should.
// What was answered is the server's to say; until it has, the answer lies in the queue on the device.

import { ApiError, get, post } from "../../cms/js/api.js";
import { complaint, make, notice, sentence, verdict } from "../../lessons/js/exercise.js";
import { Queue } from "./queue.js";

const SLOW = 300; // milliseconds before anything is said about waiting
const LONG = 4000; // and before the learner may go on without the verdict

class QuizAttempt extends HTMLElement {
  connectedCallback() {
    this.texts = this.querySelector("template.quiz-texts").dataset;
    this.isAtOnce = this.dataset.feedback === "at_once";
    this.steps = [...this.querySelectorAll(".step")];
    this.questions = this.steps.filter((step) => step.dataset.exercise);
    this.connection = this.querySelector("#connection");
    this.queue = new Queue(this.dataset.attempt);
    // Hints that cost are rare; all others the page holds itself.
    if (this.querySelector("[data-hints]")) this.hints = import("./hints.js").catch(() => null);
    this.#listen();
    for (const entry of this.queue.entries()) this.#markWaiting(entry);
    addEventListener("hashchange", () => this.#turn());
    if (this.queue.isHandedIn) location.hash = "finish";
    // The first question shown gets an address too, so that Back finds it again.
    else if (!location.hash) history.replaceState(null, "", `#${this.#firstOpen().id}`);
    this.#turn();
    this.queue.flush();
  }

  #listen() {
    this.addEventListener("answer", (event) => {
      event.preventDefault();
      this.#answered(event.target.closest(".step"), event.detail.answer);
    });
    this.addEventListener("click", (event) => this.#followed(event));
    this.addEventListener("timeover", () => this.#timeIsOver());
    this.querySelector("#finish form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#handIn();
    });
    const on = (name, action) => this.queue.addEventListener(name, ({ detail }) => action(detail));
    on("kept", ({ entry, reply }) => this.#kept(entry, reply));
    on("refused", ({ entry, error }) => this.#refused(entry, error));
    on("away", () => this.#say(this.texts.away, this.queue.isHandedIn ? this.texts.awayResult : this.texts.awayHint));
    on("signedout", () => this.#say(this.texts.signedOut, ...this.#signIn()));
    on("clear", ({ sent }) => this.#caughtUp(sent));
    on("submitted", () => this.#showResult());
  }

  // --- which question is shown ---

  #turn() {
    const step = this.steps.find((one) => `#${one.id}` === location.hash) ?? this.#firstOpen();
    const isChange = !step.classList.contains("on");
    for (const one of this.steps) one.classList.toggle("on", one === step);
    this.current = step;
    if (!this.wasAway) this.connection.replaceChildren();
    step.querySelector("[data-connection]").append(this.connection);
    if (step.id === "finish") this.#countUp();
    if (!isChange) return;
    scrollTo(0, 0);
    (step.querySelector("legend") ?? step.querySelector("h2")).focus({ preventScroll: true });
  }

  #firstOpen() { return this.questions.find((step) => !step.dataset.answered) ?? this.steps.at(-1); }

  #goOn(step) {
    const next = this.isAtOnce ? this.#firstOpen() : this.steps[this.steps.indexOf(step) + 1];
    location.hash = next.id;
    if (next.id === "finish" && this.isAtOnce) this.#handIn();
  }

  #followed(event) {
    const appeal = event.target.closest("[name=appeal]");
    if (appeal) {
      event.preventDefault();
      return this.#appeal(appeal.closest(".step"));
    }
    const hint = event.target.closest("[name=hint]");
    if (hint && this.hints) {
      event.preventDefault();
      return this.#hint(hint);
    }
    const link = event.target.closest("a[data-next]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#goOn(link.closest(".step"));
  }

  // --- what becomes of an answer ---

  #answered(step, answer) {
    this.#place(step).replaceChildren();
    if (this.isAtOnce) this.#wait(step);
    this.#markWaiting(this.queue.add(step.dataset.exercise, answer));
    if (!this.isAtOnce) this.#goOn(step);
  }

  /** A verdict that comes at human speed needs no word about waiting; a late one must not hold anybody up. */
  #wait(step) {
    step.waiting = [
      setTimeout(() => this.#place(step).replaceChildren(make("p", { className: "meta" }, this.texts.sending)), SLOW),
      setTimeout(() => this.#mayGoOn(step), LONG),
    ];
  }

  #stopWaiting(step) {
    (step.waiting ?? []).forEach(clearTimeout);
    step.waiting = null;
  }

  #mayGoOn(step) {
    step.querySelector("[data-on]").hidden = false;
    // Whoever answered by keyboard goes on by keyboard.
    if (this.current === step && (!document.activeElement || document.activeElement === document.body))
      step.querySelector("[data-on] a").focus();
  }

  #markWaiting(entry) {
    const step = this.#stepOf(entry.exercise);
    if (!step) return;
    step.dataset.answered = "waiting";
    if (this.isAtOnce) this.#open(step, false);
    if (!step.waiting) step.querySelector("[data-on]").hidden = false;
  }

  /** Let a question be answered, or not any more. */
  #open(step, isOpen) {
    step.querySelector("fieldset").disabled = !isOpen;
    step.querySelector("[data-ask]").hidden = !isOpen;
  }

  async #kept(entry, reply) {
    const step = this.#stepOf(entry.exercise);
    if (!reply.counts && !this.isLeaving) return this.#askServer(step);
    if (!step) return;
    step.dataset.answered = "kept";
    if (!this.isAtOnce) return;
    this.#stopWaiting(step);
    this.#judged(step, reply.result);
    this.#offerAppeal(step, !reply.result.is_right && entry.answer !== null);
    this.#mayGoOn(step);
  }

  /** Show a verdict and what hints took from it; from now on hints are free. */
  #judged(step, result, ...before) {
    const note = result.hint_note ? [make("p", { className: "meta" }, result.hint_note)] : [];
    this.#place(step).replaceChildren(...before, verdict(result), ...note);
    step.querySelector("[data-hint-said]")?.replaceChildren();
    for (const button of step.querySelectorAll("[name=hint]")) button.textContent = button.dataset.free;
  }

  /** “My answer should count”: send the answer to the reviewers; what stood there before stays. */
  async #appeal(step) {
    const said = step.querySelector("[data-appealed]");
    const path = `attempts/${this.dataset.attempt}/responses/${step.dataset.exercise}/appeal/`;
    try {
      const { appeal, result } = await post(path);
      const words = { open: this.texts.appealed, declined: this.texts.declined, accepted: this.texts.accepted };
      if (result.is_right) this.#judged(step, result);
      this.#offerAppeal(step, false);
      said.replaceChildren(make("p", { className: "meta" }, `${words[appeal.status]} ${appeal.note}`));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      said.replaceChildren(notice(this.texts.notAppealed, complaint(error) || this.texts.notAppealedHint));
    }
    said.firstElementChild.setAttribute("tabindex", "-1");
    said.firstElementChild.focus();
  }

  /** Ask for a hint that costs. What was answered goes first: then the hint may be free, and the server must know. */
  async #hint(button) {
    const step = button.closest(".step");
    await this.queue.flush();
    const { away, hintAway } = this.texts;
    const isHeld = this.queue.entries().some((entry) => entry.exercise === step.dataset.exercise);
    const hints = await this.hints;
    if (!hints || isHeld) button.closest("[data-hints]").querySelector("[data-hint-said]").replaceChildren(notice(away, hintAway));
    else await hints.open(button, { attempt: this.dataset.attempt, exercise: step.dataset.exercise, away: notice(away, hintAway),
      signedOut: () => notice(this.texts.signedOut, ...this.#signIn()) });
  }

  #offerAppeal(step, isOffered) {
    const place = step.querySelector("[data-appeal]");
    if (place) place.hidden = !isOffered;
  }

  /** Another tab or device was first: what the server holds is what counts. */
  async #askServer(step) {
    const attempt = await get(`attempts/${this.dataset.attempt}/`).catch(() => null);
    if (!attempt) return;
    if (attempt.submitted_at) {
      await this.queue.flush();
      return this.#showResult();
    }
    const kept = attempt.exercises.find((one) => one.exercise.id === step?.dataset.exercise);
    if (!kept?.result) return;
    this.#stopWaiting(step);
    step.dataset.answered = "kept";
    this.#judged(step, kept.result, make("p", { className: "meta" }, this.texts.first));
    this.#offerAppeal(step, kept.may_appeal);
    this.#mayGoOn(step);
  }

  #refused(entry, error) {
    const step = entry && this.#stepOf(entry.exercise);
    const said = complaint(error);
    if (!step) return this.#say(this.texts.refused, said);
    this.#stopWaiting(step);
    delete step.dataset.answered;
    this.#open(step, true);
    step.querySelector("[data-on]").hidden = true;
    this.#place(step).replaceChildren(notice(this.texts.refused, said));
    if (this.current !== step) this.#say(this.texts.refused, make("a", { href: `#${step.id}` }, this.texts.refusedStep));
  }

  // --- the connection ---

  #say(title, ...body) {
    const message = notice(title, ...body);
    // Every vain attempt says the same; it is said once.
    if (this.connection.textContent !== message.textContent) this.connection.replaceChildren(message);
    this.wasAway = true;
    if (this.current.waiting) {
      this.#stopWaiting(this.current);
      this.#place(this.current).replaceChildren();
      this.#mayGoOn(this.current);
    }
  }

  #caughtUp() {
    if (!this.wasAway) return;
    this.wasAway = false;
    this.connection.replaceChildren(make("p", { className: "meta" }, this.texts.caughtUp));
    if (this.current.id === "finish") this.#countUp();
  }

  #signIn() {
    const link = make("a", { href: this.dataset.signIn }, this.texts.signIn);
    return [...sentence("{hint} {link}", { hint: this.texts.signedOutHint, link })];
  }

  // --- the end ---

  #countUp() {
    const open = this.questions.filter((step) => !step.dataset.answered);
    const list = this.querySelector("#open-questions");
    list.hidden = !open.length;
    list.querySelector("ul").replaceChildren(...open.map((step) =>
      make("li", {}, make("a", { href: `#${step.id}` }, step.getAttribute("aria-label")))));
  }

  #timeIsOver() {
    location.hash = "finish";
    this.#handIn();
  }

  async #handIn() {
    const button = this.querySelector("#finish .btn");
    const waiting = setTimeout(() => button.setAttribute("aria-disabled", "true"), SLOW);
    await this.queue.handIn();
    clearTimeout(waiting);
    if (!this.isLeaving) button.removeAttribute("aria-disabled");
  }

  #showResult() {
    this.isLeaving = true;
    location.replace(location.pathname);
  }

  #stepOf(exercise) { return this.questions.find((step) => step.dataset.exercise === exercise); }
  #place(step) { return step.querySelector(".result"); }
}

customElements.define("quiz-attempt", QuizAttempt);
