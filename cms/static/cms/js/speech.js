// The device's own voices. Where there is none for a language nothing is said: a wrong voice would only puzzle people
// who cannot read along.

const speech = window.speechSynthesis;

addEventListener("pagehide", () => speech?.cancel());

/** Return a voice of the device for a language, or nothing. */
export function voiceFor(language) {
  return speech?.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language.toLowerCase()));
}

/** Call back when voices come: those of some browsers come later. */
export function whenVoicesCome(offer) {
  speech?.addEventListener?.("voiceschanged", offer);
}

/** Say a text a little slowly, after what is being said; `begins` and `ends` are called then. */
export function speak(text, language, { begins = null, ends = null } = {}) {
  const said = new SpeechSynthesisUtterance(text);
  Object.assign(said, { lang: language, voice: voiceFor(language), rate: 0.9, onstart: begins, onend: ends });
  speech.speak(said);
}

/** Be silent; say whether something was being said. */
export function hush() {
  const wasOn = Boolean(speech?.speaking);
  speech?.cancel();
  return wasOn;
}
