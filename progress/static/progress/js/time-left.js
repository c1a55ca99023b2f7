// <time-left data-seconds data-attempt>: how long an attempt may still take. The server's clock decides: it says how
// many seconds are left when the page comes, and again whenever the page is looked at after a while. The device's
// own clock may be as wrong as it likes.
//
// Shows whole minutes, says aloud only that five and that one are left, and announces the end as the event "timeover".

import { get } from "../../cms/js/api.js";

const SAID = [300, 60];

class TimeLeft extends HTMLElement {
  connectedCallback() {
    this.line = this.querySelector("[data-left]");
    this.voice = this.querySelector("[role=status]");
    this.#take(Number(this.dataset.seconds));
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.#askServer(); });
    addEventListener("pageshow", ({ persisted }) => { if (persisted) this.#askServer(); });
  }

  #take(seconds) {
    clearTimeout(this.timer);
    this.end = performance.now() + seconds * 1000;
    // What lies behind when the page comes is not said again.
    this.unsaid = SAID.filter((moment) => moment < seconds);
    this.#tick();
  }

  #tick() {
    const left = Math.max(0, Math.ceil((this.end - performance.now()) / 1000));
    const { minutes, last } = this.dataset;
    this.line.textContent = left > 60 ? minutes.replace("{minutes}", Math.ceil(left / 60)) : last;
    const due = this.unsaid.filter((moment) => left <= moment);
    if (due.length) {
      this.unsaid = this.unsaid.filter((moment) => left > moment);
      this.voice.textContent = this.line.textContent;
    }
    if (left > 0) {
      this.timer = setTimeout(() => this.#tick(), Math.min(left * 1000, 1000));
    } else if (!this.isOver) {
      this.isOver = true;
      this.voice.textContent = this.line.textContent = this.dataset.over;
      this.dispatchEvent(new CustomEvent("timeover", { bubbles: true }));
    }
  }

  async #askServer() {
    const attempt = await get(`attempts/${this.dataset.attempt}/`).catch(() => null);
    if (attempt?.seconds_left != null) this.#take(attempt.seconds_left);
  }
}

customElements.define("time-left", TimeLeft);
