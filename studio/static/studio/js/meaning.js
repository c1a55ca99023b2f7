// Hearing what a prompt means, for a speaker who does not read: by a Latvian voice of the device, else by a recording
// of the meaning, else by the helper, who is told so.

import { text } from "../../cms/js/api.js";

export class Meaning {
  constructor({ button, note, play }) {
    Object.assign(this, { button, note, play, prompt: null });
    button.addEventListener("click", () => this.say());
    window.speechSynthesis?.addEventListener?.("voiceschanged", () => this.show(this.prompt));
  }

  get #voice() {
    return window.speechSynthesis?.getVoices().find((voice) => voice.lang.toLowerCase().startsWith("lv"));
  }

  show(prompt) {
    this.prompt = prompt;
    if (!prompt) return;
    const canHear = Boolean(prompt.meaning && (this.#voice || prompt.meaning_sources.length));
    this.button.hidden = !canHear;
    this.note.hidden = canHear || !prompt.meaning;
    this.button.querySelector("span").textContent = text("hearMeaning");
    this.note.textContent = text("readMeaning");
  }

  say() {
    if (this.button.hidden) return;
    const voice = this.#voice;
    if (!voice) return this.play(this.prompt.meaning_sources);
    const said = new SpeechSynthesisUtterance(this.prompt.meaning);
    Object.assign(said, { voice, lang: voice.lang });
    speechSynthesis.cancel();
    speechSynthesis.speak(said);
  }
}
