// Hearing what a prompt means, for a speaker who does not read: by a Latvian voice of the device, else by a recording
// of the meaning, else by the helper, who is told so.

import { text } from "../../cms/js/api.js";
import { hush, speak, voiceFor, whenVoicesCome } from "../../cms/js/speech.js";

export class Meaning {
  constructor({ button, note, play }) {
    Object.assign(this, { button, note, play, prompt: null });
    button.addEventListener("click", () => this.say());
    whenVoicesCome(() => this.show(this.prompt));
  }

  show(prompt) {
    this.prompt = prompt;
    if (!prompt) return;
    const canHear = Boolean(prompt.meaning && (voiceFor("lv") || prompt.meaning_sources.length));
    this.button.hidden = !canHear;
    this.note.hidden = canHear || !prompt.meaning;
    this.button.querySelector("span").textContent = text("hearMeaning");
    this.note.textContent = text("readMeaning");
  }

  say() {
    if (this.button.hidden) return;
    const voice = voiceFor("lv");
    if (!voice) return this.play(this.prompt.meaning_sources);
    hush();
    speak(this.prompt.meaning, voice.lang);
  }
}
