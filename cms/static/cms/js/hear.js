// Playing sounds in place. A `.hear` is a link to a sound file; here it becomes a button.
//
//   <a class="hear" href="word.mp3">    one sound; word.opus, smaller, lies beside it
//     data-variety="latvian"            whose variety it is in
//     data-voices="lithuanian,native,normal,other.mp3 latvian,native,slow,slow.mp3"   the same word said otherwise
//   <button data-play-all="ID" hidden>                        all sounds inside #ID, one after the other
//   <button data-slow aria-pressed="false" hidden>            slower, for every sound of the page
//
// One sound at a time. While all are played, the line that sounds (`li` or `[data-line]`) is aria-current.
// Pages are the same for everyone: which voice is heard first, and how fast, is chosen on the device (`listening`).

import { isSignedIn, me, patch, say, text } from "./api.js";

const KEPT = "listening";
const SLOW = 70; // per cent; from here down a take that was said slowly is better than a stretched one
const player = document.createElement("audio");
player.id = "player";
player.preload = "none";
player.hidden = true;
document.body.append(player);

const opus = player.canPlayType('audio/ogg; codecs="opus"') !== "";
let playing = null; // the control that sounds
let series = null; // { button, controls } while all are played
let told = null; // resolves what play() returned

// ── how the learner likes to listen ──────────────────────────────────────────────────────

/** What is chosen: `variety` (a code, or nothing) and `speed` in per cent. */
export const listening = { variety: "", speed: 100 };

function take(choice) {
  for (const name of ["variety", "speed"]) if (choice?.[name]) listening[name] = choice[name];
}

/** Keep a choice on this device and, for who is signed in, in the account. Rejects where the account refuses it. */
export async function choose(choice) {
  Object.assign(listening, choice);
  try {
    localStorage.setItem(KEPT, JSON.stringify(listening));
  } catch { /* a full or forbidden store: it holds for this page */ }
  show();
  if (!isSignedIn()) return;
  await patch("me/", Object.fromEntries(Object.entries(choice).map(([name, value]) => [`listening_${name}`, value])));
}

function show() {
  const speed = listening.speed / 100;
  if (playing) player.playbackRate = soundOf(playing).rate;
  for (const button of document.querySelectorAll("[data-slow]")) button.setAttribute("aria-pressed", String(speed < 1));
  document.querySelectorAll("a.hear[data-variety]").forEach(prefer);
  document.dispatchEvent(new Event("listening"));
}

const voices = new WeakMap(); // control → everything it can play, its own sound first

function voicesOf(control) {
  if (!voices.has(control)) {
    const { variety, voice, voices: others = "" } = control.dataset;
    voices.set(control, [[variety, voice, "normal", control.getAttribute("href")],
      ...others.split(" ").filter(Boolean).map((one) => one.split(","))]);
  }
  return voices.get(control);
}

/** Let `control` play the chosen variety where there is one; where it is another, say so. */
function prefer(control) {
  const known = voicesOf(control);
  const [variety, voice, , address] = known.find((one) => one[0] === listening.variety && one[2] === "normal") ?? known[0];
  control.setAttribute("href", address);
  control.dataset.voice = voice;
  const isOther = listening.variety !== "" && variety !== listening.variety;
  const notes = [isOther && "otherVariety", known.length > 1 && voice !== "native" && voice].filter(Boolean).map((key) => text(key));
  if (notes.length) control.setAttribute("aria-description", notes.join(", "));
  else control.removeAttribute("aria-description");
  const words = control.closest(".word")?.querySelector("p");
  words?.querySelector("[data-other]")?.remove();
  if (!isOther || !words) return;
  const tag = document.createElement("span");
  Object.assign(tag, { className: "tag open", textContent: text("otherVariety") }).dataset.other = "";
  words.append(" ", tag);
}

/** Return where the sound of `control` comes from now, and how fast it is played. */
function soundOf(control) {
  const address = control.getAttribute("href");
  if (listening.speed > SLOW || !control.dataset.voices) return { address, rate: listening.speed / 100 };
  const known = voicesOf(control);
  const variety = known.find((one) => one[3] === address)?.[0];
  const slow = known.find((one) => one[2] === "slow" && one[0] === variety);
  return slow ? { address: slow[3], rate: 1 } : { address, rate: listening.speed / 100 };
}

function begin() {
  try {
    take(JSON.parse(localStorage.getItem(KEPT)));
  } catch { /* nothing readable is kept */ }
  if (isSignedIn()) me().then((person) => {
    if (!person) return;
    take({ variety: person.listening_variety, speed: person.listening_speed });
    show();
  });
}

// ── playing ──────────────────────────────────────────────────────────────────────────────

function upgrade(root) {
  for (const control of root.querySelectorAll("a.hear:not([role])")) {
    control.setAttribute("role", "button");
    control.setAttribute("aria-pressed", "false");
    if (control.dataset.variety) prefer(control);
  }
  for (const extra of root.querySelectorAll("[data-play-all][hidden], [data-slow][hidden]")) {
    extra.hidden = false;
    if (extra.matches("[data-slow]")) extra.setAttribute("aria-pressed", String(listening.speed < 100));
  }
}

function press(control, on) {
  control.setAttribute("aria-pressed", String(on));
  control.querySelector("use")?.setAttribute("href", on ? "#i-pause" : "#i-play");
}

const lineOf = (control) => control.closest("[data-line], li");

function finish(whole) {
  const tell = told;
  told = null;
  tell?.(whole);
}

/** Stop what sounds. */
export function stop() {
  player.pause();
  if (!playing) return;
  press(playing, false);
  lineOf(playing)?.removeAttribute("aria-current");
  playing = null;
  finish(false);
}

function stopSeries() {
  if (!series) return;
  press(series.button, false);
  series = null;
}

/** Play the sound of `control` from its beginning; another one that sounds is stopped. Resolves when it is over, with
 * whether it was heard to its end. */
export function play(control) {
  stop();
  playing = control;
  press(control, true);
  const { address, rate } = soundOf(control);
  const heard = new Promise((resolve) => { told = resolve; });
  start(control, opus ? address.replace(/\.mp3$/, ".opus") : address, address, rate);
  return heard;
}

function start(control, address, spare, rate) {
  player.src = address;
  player.preservesPitch = true;
  player.playbackRate = player.defaultPlaybackRate = rate;
  player.play().catch((error) => {
    // Another sound was asked for meanwhile, or this one was stopped.
    if (playing !== control || error.name === "AbortError") return;
    // A file that cannot be read in the first format may still be there in the other.
    if (address !== spare) start(control, spare, spare, rate);
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

player.addEventListener("ended", () => {
  const tell = told;
  told = null;
  next();
  tell?.(true);
});
// A connection lost in the middle of a sound; errors before it starts reject play().
player.addEventListener("error", () => { if (playing && player.currentTime > 0) fail(); });

// A player of its own (sound-player.js) has begun.
document.addEventListener("play", ({ target }) => {
  if (target === player) return;
  stop();
  stopSeries();
}, true);

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
  else if (event.target.closest("[data-slow]")) choose({ speed: listening.speed < 100 ? 100 : SLOW }).catch(() => {});
});

// A link answers Enter by itself; a button answers Space as well.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches?.(".hear[href]")) return;
  event.preventDefault();
  event.target.click();
});

begin();
upgrade(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) if (node.nodeType === 1) upgrade(node.parentElement ?? node);
}).observe(document.body, { childList: true, subtree: true });
