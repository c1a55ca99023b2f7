// Speak: record, compare with the model, judge yourself. Nothing is sent, not even the judgement.
// What is recorded lives in this page's memory only, and is dropped when it is recorded anew or the page is left.

import { announce, sentence } from "../js/exercise.js";

export const read = (form) => ({ judged: form.elements.judged.value });

const say = (form, words) => announce(form, words, {});

/** Say whether this browser can record. */
export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);

/** Record a stream until `stop` is called; `done` brings what was recorded. */
export function collect(stream, options) {
  const pieces = [];
  const made = new MediaRecorder(stream, options);
  const done = new Promise((resolve) => {
    made.addEventListener("dataavailable", ({ data }) => { if (data.size) pieces.push(data); });
    made.addEventListener("stop", () => resolve(new Blob(pieces, { type: made.mimeType })));
  });
  made.start();
  return { done, stop() { if (made.state === "recording") made.stop(); } };
}

/** Return which of the page's words tell why there is no recording. */
export const reason = (error) => (["NotAllowedError", "SecurityError"].includes(error.name) ? "refused" : "none");

export function enhance(form) {
  const box = form.querySelector(".speak");
  const button = box.querySelector(".rec");
  const clock = box.querySelector("[data-clock]");
  const recorded = box.querySelector("[data-recorded]");
  const mine = box.querySelector("[data-mine]");
  const limit = Number(box.dataset.limit);
  let recorder = null;
  let isAsking = false;

  form.addEventListener("change", ({ target }) => {
    for (const told of form.querySelectorAll("[data-told]")) told.hidden = told.dataset.told !== target.value;
  });
  if (!canRecord()) return say(form, box.dataset.unsupported);
  box.querySelector("[data-recorder]").hidden = false;
  button.addEventListener("click", () => (recorder ? recorder.stop() : start()));
  addEventListener("pagehide", () => { if (recorder) recorder.stop(); forget(); });

  async function start() {
    if (isAsking) return;
    isAsking = true;
    try {
      // Not waited for: it lasts as long as the recording.
      record(await navigator.mediaDevices.getUserMedia({ audio: true })).catch((error) => say(form, box.dataset[reason(error)]));
    } catch (error) {
      say(form, box.dataset[reason(error)]);
    }
    isAsking = false;
  }

  async function record(stream) {
    const began = performance.now();
    const made = collect(stream);
    recorder = made;
    forget();
    const tick = () => {
      const seconds = Math.min(Math.floor((performance.now() - began) / 1000), limit);
      clock.textContent = sentence(box.dataset.time, { seconds: String(seconds), limit: String(limit) }).join("");
      if (seconds >= limit) made.stop();
    };
    const ticking = setInterval(tick, 200);
    tick();
    draw();
    say(form, box.dataset.recording);
    const blob = await made.done;
    clearInterval(ticking);
    // The microphone is let go at once: its light must not stay on.
    for (const track of stream.getTracks()) track.stop();
    recorder = null;
    draw();
    keep(blob);
  }

  function draw() {
    const isOn = recorder !== null;
    button.setAttribute("aria-pressed", String(isOn));
    clock.hidden = !isOn;
  }

  function keep(blob) {
    if (!blob.size) return say(form, box.dataset.silent);
    mine.href = URL.createObjectURL(blob);
    recorded.hidden = false;
    say(form, box.dataset.done);
  }

  function forget() {
    recorded.hidden = true;
    if (mine.href) URL.revokeObjectURL(mine.href);
    mine.removeAttribute("href");
  }
}
