// Skipping a prompt: why, and how the speaker says it instead.

import { text } from "../../cms/js/api.js";
import { letters } from "../../lessons/js/exercise.js";

export class SkipForm {
  constructor({ form, opener, onSkip }) {
    Object.assign(this, { form, opener, onSkip });
    this.field = form.querySelector("#differently");
    this.fault = form.querySelector("#skip-fault");
    letters(form);
    opener.addEventListener("click", () => (form.hidden ? this.open() : this.close()));
    form.querySelector("#skip-close").addEventListener("click", () => { this.close(); opener.focus(); });
    form.addEventListener("change", () => this.#draw());
    form.addEventListener("keydown", (event) => { if (event.key === "Escape") { this.close(); opener.focus(); } });
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
  }

  open() {
    this.#show(true);
    this.form.querySelector("input").focus();
  }

  close() {
    if (this.form.hidden) return;
    this.form.reset();
    this.#show(false);
  }

  #show(isOpen) {
    this.form.hidden = !isOpen;
    this.opener.setAttribute("aria-expanded", String(isOpen));
    this.#say("");
    this.#draw();
  }

  #draw() { this.field.hidden = this.form.elements.reason.value !== "differently"; }

  #say(words) {
    this.fault.hidden = !words;
    this.fault.textContent = words;
  }

  #submit() {
    const reason = this.form.elements.reason.value;
    const typed = this.form.elements.said_form;
    const said_form = reason === "differently" ? typed.value.trim() : "";
    if (!reason) return this.#say(text("chooseReason"));
    if (reason === "differently" && !said_form) {
      typed.focus();
      return this.#say(text("writeForm"));
    }
    return this.onSkip({ reason, said_form });
  }
}
