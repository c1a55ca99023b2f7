// The consent page: reads the texts aloud where the device has a voice for them, and records the spoken yes into the
// form's own file field. Without this script a file is chosen instead.

import { hush, speak, voiceFor, whenVoicesCome } from "../../cms/js/speech.js";

const LIMIT = 60;
const page = document.querySelector("[data-consent]");
const told = page.querySelector("[data-told]");

/** Offer reading aloud only where there is a voice of the text's language; else the helper reads. */
function offerReading() {
  for (const text of page.querySelectorAll("[data-read]")) {
    const button = text.parentElement.querySelector("[data-speak]");
    button.hidden = !voiceFor(text.lang);
    button.onclick = () => hush() || speak(text.innerText, text.lang);
  }
}

/** Put what was recorded where a chosen file would be. */
function attach(recorded, mine) {
  const type = recorded.type.split(";")[0];
  const suffix = { "audio/mp4": "m4a", "audio/ogg": "ogg" }[type] ?? "webm";
  const files = new DataTransfer();
  files.items.add(new File([recorded], `consent.${suffix}`, { type }));
  page.querySelector("[name=evidence]").files = files.files;
  if (mine.src) URL.revokeObjectURL(mine.src);
  mine.src = URL.createObjectURL(recorded);
  mine.hidden = false;
}

function offerRecording(box) {
  const [button, clock, mine] = ["record", "clock", "mine"].map((name) => box.querySelector(`[data-${name}]`));
  const words = button.textContent;
  let recorder = null;
  box.hidden = false;
  button.addEventListener("click", async () => {
    if (recorder) return recorder.stop();
    try {
      record(await navigator.mediaDevices.getUserMedia({ audio: true }));
    } catch (error) {
      told.textContent = box.dataset[error.name === "NotAllowedError" ? "refused" : "none"];
    }
  });

  function record(stream) {
    const pieces = [];
    const began = Date.now();
    recorder = new MediaRecorder(stream);
    const { mimeType } = recorder;
    const ticking = setInterval(() => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      clock.textContent = `${seconds} / ${LIMIT}`;
      if (seconds >= LIMIT) recorder?.stop();
    }, 250);
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.addEventListener("stop", () => {
      clearInterval(ticking);
      for (const track of stream.getTracks()) track.stop(); // the microphone's light must not stay on
      const type = recorder.mimeType || mimeType || "audio/webm";
      recorder = null;
      button.textContent = words;
      attach(new Blob(pieces, { type }), mine);
      told.textContent = box.dataset.done;
    });
    recorder.start();
    button.textContent = button.dataset.stop;
    told.textContent = box.dataset.recording;
  }
}

offerReading();
whenVoicesCome(offerReading);
const box = page.querySelector("[data-recorder]");
if (navigator.mediaDevices?.getUserMedia && window.MediaRecorder) offerRecording(box);
