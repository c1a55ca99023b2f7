// <try-out>: a box below an exercise's preview where an author types answers and reads each one's verdict.
// Every change in the editor loads the preview anew: what was typed is kept for this window, and judged again.

import { ApiError, post } from "../../cms/js/api.js";
import { complaint, make, notice, verdict } from "./exercise.js";

const texts = () => document.querySelector("template.texts").dataset;

class TryOut extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.list = this.querySelector("ol");
    this.line = this.querySelector(".fault");
    this.box = this.form.elements.answers;
    this.key = `try-out ${this.dataset.url}`;
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#try(); });
    this.box.addEventListener("input", () => sessionStorage.setItem(this.key, this.box.value));
    this.box.value = sessionStorage.getItem(this.key) ?? "";
    if (this.box.value.trim()) this.#try();
  }

  async #try() {
    if (this.isBusy) return;
    this.isBusy = true;
    this.#fault("");
    try {
      const { answers } = await post(this.dataset.url, { answers: this.box.value });
      this.list.replaceChildren(...answers.map((one) => this.#row(one)));
    } catch (error) {
      this.list.replaceChildren();
      this.#failed(error);
    }
    this.isBusy = false;
  }

  #row({ written, results, fault }) {
    const row = make("li", { className: "stack" }, make("p", { className: "rom", lang: "rml" }, written));
    if (fault) row.append(notice(fault));
    for (const [language, result] of Object.entries(results ?? {})) {
      row.append(make("p", { className: "meta" }, this.dataset[language]), make("div", { lang: language }, verdict(result)));
    }
    return row;
  }

  #failed(error) {
    if (!(error instanceof ApiError)) throw error;
    this.#fault(error.status ? complaint(error) || texts().failed : texts().lost);
  }

  #fault(message) {
    this.line.hidden = !message;
    this.line.querySelector("span").textContent = message;
    this.box.setAttribute("aria-invalid", String(Boolean(message)));
  }
}

customElements.define("try-out", TryOut);
