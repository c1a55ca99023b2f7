// Speak: record, and compare with the model. What is recorded lives in this page's memory only: it is never sent,
// and dropped when it is recorded anew or the page is left.

import { announce, sentence } from "../js/exercise.js";

export const read = (form) => ({ judged: form.elements.judged.value });

const say = (form, words) => announce(form, words, {});

/** Return which of the page's words tell why there is no recording. */
const reason = (error) => (["NotAllowedError", "SecurityError"].includes(error.name) ? "refused" : "none");

export function enhance(form) {
  const box = form.querySelector(".speak");
  const button = box.querySelector(".rec");
  const clock = box.querySelector("[data-clock]");
  const recorded = box.querySelector("[data-recorded]");
  const mine = box.querySelector("[data-mine]");
  const limit = Number(box.dataset.limit);
  let recorder = null;
  let isAsking = false;

  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return say(form, box.dataset.unsupported);
  box.querySelector("[data-recorder]").hidden = false;
  button.addEventListener("click", () => (recorder ? recorder.stop() : start()));
  addEventListener("pagehide", () => { if (recorder) recorder.stop(); forget(); });

  async function start() {
    if (isAsking) return;
    isAsking = true;
    try {
      record(await navigator.mediaDevices.getUserMedia({ audio: true }));
    } catch (error) {
      say(form, box.dataset[reason(error)]);
    }
    isAsking = false;
  }

  function record(stream) {
    const pieces = [];
    const began = performance.now();
    const made = new MediaRecorder(stream);
    recorder = made;
    forget();
    const tick = () => {
      const seconds = Math.min(Math.floor((performance.now() - began) / 1000), limit);
      clock.textContent = sentence(box.dataset.time, { seconds: String(seconds), limit: String(limit) }).join("");
      if (seconds >= limit && made.state === "recording") made.stop();
    };
    const ticking = setInterval(tick, 200);
    made.addEventListener("dataavailable", ({ data }) => { if (data.size) pieces.push(data); });
    made.addEventListener("stop", () => {
      clearInterval(ticking);
      // The microphone is let go at once: its light must not stay on.
      for (const track of stream.getTracks()) track.stop();
      recorder = null;
      draw();
      keep(pieces, made.mimeType);
    });
    made.start();
    tick();
    draw();
    say(form, box.dataset.recording);
  }

  function draw() {
    const isOn = recorder !== null;
    button.setAttribute("aria-pressed", String(isOn));
    clock.hidden = !isOn;
  }

  function keep(pieces, type) {
    if (!pieces.length) return say(form, box.dataset.silent);
    mine.href = URL.createObjectURL(new Blob(pieces, { type }));
    recorded.hidden = false;
    say(form, box.dataset.done);
  }

  function forget() {
    recorded.hidden = true;
    if (mine.href) URL.revokeObjectURL(mine.href);
    mine.removeAttribute("href");
  }
}
