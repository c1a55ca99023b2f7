// <read-aloud data-of="selector" data-lang="lv" data-play="…" data-stop="…" data-none="…">: read the texts of a page
// aloud with the device's own voice for that language. Where the device has none it says so.

import { hush, speak, voiceFor, whenVoicesCome } from "./speech.js";

class ReadAloud extends HTMLElement {
  connectedCallback() {
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet" });
    this.button.addEventListener("click", () => (this.isReading ? this.stop() : this.read()));
    this.show(false);
    this.append(this.button);
    whenVoicesCome(() => this.offer());
    this.offer();
    setTimeout(() => this.offer(), 1500);
  }

  offer() {
    const voice = voiceFor(this.dataset.lang);
    this.button.hidden = !voice;
    this.note?.remove();
    if (voice) return;
    this.note = Object.assign(document.createElement("p"), { className: "meta", textContent: this.dataset.none });
    this.append(this.note);
  }

  show(isReading) {
    this.isReading = isReading;
    this.button.textContent = isReading ? this.dataset.stop : this.dataset.play;
    this.button.setAttribute("aria-pressed", isReading);
  }

  read() {
    const places = [...document.querySelectorAll(this.dataset.of)];
    this.show(true);
    hush();
    for (const [index, place] of places.entries()) {
      speak(place.textContent.trim(), this.dataset.lang, {
        begins: () => this.mark(places, place),
        ends: () => index === places.length - 1 && this.stop(),
      });
    }
  }

  mark(places, now) {
    for (const place of places) place.toggleAttribute("data-said", place === now);
    now?.scrollIntoView({ block: "nearest" });
  }

  stop() {
    hush();
    this.mark(document.querySelectorAll(this.dataset.of), null);
    this.show(false);
  }
}

customElements.define("read-aloud", ReadAloud);
