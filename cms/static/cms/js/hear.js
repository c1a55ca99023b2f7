// Playing sounds in place. A `.hear` is a link to a sound file; here it becomes a button.
//
//   <a class="hear" href="word.mp3">    one sound; word.opus, smaller, lies beside it
//   <button data-play-all="ID" hidden>                        all sounds inside #ID, one after the other
//   <button data-slow aria-pressed="false" hidden>            slower, for every sound of the page
//
// One sound at a time. While all are played, the line that sounds (`li` or `[data-line]`) is aria-current.

import { say, text } from "./api.js";

const SLOW = 0.7;
const player = document.createElement("audio");
player.id = "player";
player.preload = "none";
player.hidden = true;
document.body.append(player);

const opus = player.canPlayType('audio/ogg; codecs="opus"') !== "";
let playing = null; // the control that sounds
let series = null; // { button, controls } while all are played
let rate = 1;

function upgrade(root) {
  for (const control of root.querySelectorAll("a.hear:not([role])")) {
    control.setAttribute("role", "button");
    control.setAttribute("aria-pressed", "false");
  }
  for (const extra of root.querySelectorAll("[data-play-all][hidden], [data-slow][hidden]")) extra.hidden = false;
}

function press(control, on) {
  control.setAttribute("aria-pressed", String(on));
  control.querySelector("use")?.setAttribute("href", on ? "#i-pause" : "#i-play");
}

const lineOf = (control) => control.closest("[data-line], li");

function stop() {
  player.pause();
  if (!playing) return;
  press(playing, false);
  lineOf(playing)?.removeAttribute("aria-current");
  playing = null;
}

function stopSeries() {
  if (!series) return;
  press(series.button, false);
  series = null;
}

/** Play the sound of `control` from its beginning; another one that sounds is stopped. */
export function play(control) {
  stop();
  playing = control;
  press(control, true);
  const address = control.getAttribute("href");
  start(control, opus ? address.replace(/\.mp3$/, ".opus") : address);
}

function start(control, address) {
  player.src = address;
  player.playbackRate = player.defaultPlaybackRate = rate;
  player.play().catch((error) => {
    // Another sound was asked for meanwhile, or this one was stopped.
    if (playing !== control || error.name === "AbortError") return;
    // A file that cannot be read in the first format may still be there in the other.
    const spare = control.getAttribute("href");
    if (address !== spare) start(control, spare);
    else fail();
  });
}

function fail() {
  stop();
  stopSeries();
  say(`${text("soundFailed")} ${text("soundFailedHint")}`);
}

function next() {
  stop();
  const control = series?.controls.shift();
  if (!control) return stopSeries();
  lineOf(control)?.setAttribute("aria-current", "true");
  lineOf(control)?.scrollIntoView({ block: "nearest" });
  play(control);
}

function playAll(button) {
  const running = series?.button === button;
  stop();
  stopSeries();
  if (running) return;
  const controls = [...(document.getElementById(button.dataset.playAll)?.querySelectorAll(".hear[href]") ?? [])];
  if (!controls.length) return;
  series = { button, controls };
  press(button, true);
  next();
}

function slow() {
  rate = rate === 1 ? SLOW : 1;
  player.playbackRate = player.defaultPlaybackRate = rate;
  for (const button of document.querySelectorAll("[data-slow]")) button.setAttribute("aria-pressed", String(rate !== 1));
}

player.addEventListener("ended", next);
// A connection lost in the middle of a sound; errors before it starts reject play().
player.addEventListener("error", () => { if (playing && player.currentTime > 0) fail(); });

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const control = event.target.closest(".hear[href]");
  if (control) {
    event.preventDefault();
    stopSeries();
    if (playing === control) stop();
    else play(control);
    return;
  }
  const all = event.target.closest("[data-play-all]");
  if (all) playAll(all);
  else if (event.target.closest("[data-slow]")) slow();
});

// A link answers Enter by itself; a button answers Space as well.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches?.(".hear[href]")) return;
  event.preventDefault();
  event.target.click();
});

upgrade(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) if (node.nodeType === 1) upgrade(node.parentElement ?? node);
}).observe(document.body, { childList: true, subtree: true });
