// <read-aloud data-of="selector" data-lang="lv" data-play="…" data-stop="…" data-none="…">: read the texts of a page
// aloud with the device's own voice for that language. Where the device has none it says so: a wrong voice would
// only puzzle people who cannot read along.

const speech = window.speechSynthesis;

function voiceFor(language) {
  return speech?.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language));
}

class ReadAloud extends HTMLElement {
  connectedCallback() {
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet" });
    this.button.addEventListener("click", () => (this.isReading ? this.stop() : this.read()));
    this.show(false);
    this.append(this.button);
    // Voices of some browsers come later.
    speech?.addEventListener?.("voiceschanged", () => this.offer());
    addEventListener("pagehide", () => speech?.cancel());
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
    speech.cancel();
    for (const [index, place] of places.entries()) {
      const said = new SpeechSynthesisUtterance(place.textContent.trim());
      Object.assign(said, { lang: this.dataset.lang, voice: voiceFor(this.dataset.lang), rate: 0.9 });
      said.onstart = () => this.mark(places, place);
      said.onend = () => index === places.length - 1 && this.stop();
      speech.speak(said);
    }
  }

  mark(places, now) {
    for (const place of places) place.toggleAttribute("data-said", place === now);
    now?.scrollIntoView({ block: "nearest" });
  }

  stop() {
    speech.cancel();
    this.mark(document.querySelectorAll(this.dataset.of), null);
    this.show(false);
  }
}

customElements.define("read-aloud", ReadAloud);
