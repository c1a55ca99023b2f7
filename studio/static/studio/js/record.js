// The recorder's screen: one prompt at a time, one button. What is recorded lies on the device before anything else
// happens to it; the outbox brings it to the server.

import { ApiError, text } from "../../cms/js/api.js";
import { hush } from "../../cms/js/speech.js";
import { canRecord, reason } from "../../lessons/exercises/speak.js";
import { complaint } from "../../lessons/js/exercise.js";
import { judge, LONGEST, mayBeKept, measure } from "./judge.js";
import { Meaning } from "./meaning.js";
import { Microphone } from "./microphone.js";
import { Outbox } from "./outbox.js";
import { Session } from "./session.js";
import { promptRows, refusals, showSent, takeRows } from "./shown.js";
import { SkipForm } from "./skip.js";

const $ = (id) => document.getElementById(id);
const RETRY = 5000;

const outbox = new Outbox();
const session = new Session($("studio").dataset.session, outbox);
const microphone = new Microphone();
const player = $("player");
const meaning = new Meaning({ button: $("hear-meaning"), note: $("read-meaning"), play: playSources });
const skip = new SkipForm({ form: $("skip-form"), opener: $("skip"), onSkip: skipped });

let place = -1;
let pace = "normal";
let mode = "idle"; // idle, opening, recording, checking, good, faulty
let recorder = null;
let faulty = null; // the take that was found faulty: it is not kept unless somebody says so
let began = 0;

const prompt = () => session.prompts[place];

// --- which prompt ---

function go(to) {
  if (mode === "recording" || mode === "checking" || mode === "opening") return;
  faulty = null;
  pace = "normal";
  player.pause();
  skip.close();
  const isOver = to >= session.prompts.length;
  $("studio").hidden = isOver;
  $("done").hidden = !isOver;
  if (isOver) return $("done-title").focus();
  place = Math.max(to, 0);
  setMode("idle");
  say("");
  drawPrompt();
  $("rec").focus({ preventScroll: true });
  scrollTo(0, 0);
}

function drawPrompt() {
  const one = prompt();
  $("prompt").textContent = one.romani;
  $("prompt").classList.toggle("long", one.romani.length > 14);
  $("meaning").textContent = one.meaning;
  $("position").textContent = text("position", { number: String(place + 1), total: String(session.prompts.length) });
  $("hear-now").hidden = !one.audio;
  const words = $("hear-now").querySelector("span");
  if (one.audio) words.textContent = words.dataset[one.audio.voice];
  meaning.show(one);
  draw();
}

function draw() {
  const one = prompt();
  if (!one) return;
  const { state, reason: why } = session.stateOf(one);
  $("state").textContent = state === "skipped" ? text("skippedAs", { reason: text(why) }) : state === "recorded" ? text("recorded") : "";
  const takes = session.takesOf(one);
  $("takes-box").hidden = !takes.length;
  $("takes").replaceChildren(...takeRows(takes, { listen: playTake, discard }));
  const refused = session.refusalsOf(one);
  $("refusals").hidden = !refused.length;
  $("refusals").replaceChildren(...refusals(refused, { retry: ({ id }) => outbox.retry(id), drop: ({ id }) => outbox.drop(id) }));
  if ($("all").open) $("prompts").replaceChildren(...promptRows(session, place, go));
}

// --- the button ---

function setMode(to) {
  mode = to;
  const isOn = to === "recording";
  const isSlow = pace === "slow";
  const name = text(isOn ? "stop" : ["good", "faulty"].includes(to) ? "again" : isSlow ? "recordSlowly" : "record");
  $("rec").setAttribute("aria-pressed", String(isOn));
  $("rec").toggleAttribute("aria-disabled", ["opening", "checking"].includes(to));
  if ($("rec").hasAttribute("aria-disabled")) $("rec").setAttribute("aria-disabled", "true");
  $("rec-name").textContent = $("rec-words").textContent = name;
  $("skip").hidden = ["opening", "recording", "checking"].includes(to);
  $("after").hidden = !["good", "faulty"].includes(to);
  $("next").hidden = to !== "good";
  $("slowly").hidden = to !== "good" || isSlow;
  $("keep").hidden = !(to === "faulty" && mayBeKept(faulty?.verdict));
  $("listen").hidden = to === "faulty" && !faulty?.bytes.byteLength;
  if (to === "good") $("next").focus({ preventScroll: true });
  if (to === "faulty") $("rec").focus({ preventScroll: true });
}

const say = (words) => { $("said").textContent = words; };

/** Record or stop, whatever the button means now. */
async function press() {
  if (mode === "recording") return recorder.stop();
  if (mode === "opening" || mode === "checking" || !prompt()) return;
  player.pause();
  hush();
  skip.close();
  faulty = null;
  setMode("opening");
  try {
    await microphone.open();
    recorder = microphone.record();
  } catch (error) {
    setMode("idle");
    return say(text(reason(error) === "refused" ? "micRefused" : "micNone"));
  }
  began = performance.now();
  setMode("recording");
  $("rec").focus({ preventScroll: true });
  const asked = prompt();
  const timer = setInterval(tick, 200);
  tick();
  listenToLevel();
  const blob = await recorder.done;
  clearInterval(timer);
  setMode("checking");
  say(text("checking"));
  await check(asked, await blob.arrayBuffer(), blob.type);
}

function tick() {
  const seconds = (performance.now() - began) / 1000;
  say(text("recording", { seconds: String(Math.floor(seconds)) }));
  if (seconds > LONGEST) recorder.stop();
}

function listenToLevel() {
  const height = mode === "recording" ? microphone.height() : 0;
  $("level").style.setProperty("--level", String(Math.min(1, Math.sqrt(height))));
  $("level").setAttribute("aria-valuenow", String(Math.round(Math.min(1, height) * 100)));
  $("level").dataset.too = height >= 0.98 ? "loud" : "";
  if (mode === "recording") requestAnimationFrame(listenToLevel);
}

/** Judge a take here and now; what is good is kept, of the rest the speaker is told. */
async function check(asked, bytes, type) {
  const length = (performance.now() - began) / 1000;
  const sound = bytes.byteLength ? await microphone.read(bytes) : { samples: [], rate: 1 };
  // A browser that cannot read what it wrote leaves the judgement to the server.
  const found = sound ? measure(sound.samples, sound.rate) : { seconds: Math.min(length, LONGEST), decibels: -20, full: 0 };
  const verdict = length > LONGEST ? "long" : judge(found);
  const take = { kind: "take", session: session.id, prompt: asked.id, pace, bytes, type, seconds: found.seconds, verdict };
  if (verdict === "good") return keep(take);
  faulty = take;
  setMode("faulty");
  say(text(verdict));
}

async function keep(take) {
  try {
    await outbox.add(take);
  } catch {
    faulty = take;
    setMode("faulty");
    return say(text("full"));
  }
  faulty = null;
  setMode("good");
  say(text("good"));
  draw();
}

// --- hearing ---

function playUrl(address) {
  player.src = address;
  player.play().catch((error) => { if (error.name !== "AbortError") say(text("playFailed")); });
}

function playSources(sources) {
  const found = sources.find(({ type }) => player.canPlayType(type)) ?? sources[0];
  if (found) playUrl(found.url);
}

let address = "";

function playTake(take) {
  if (!take.local) return playSources(take.sources);
  URL.revokeObjectURL(address);
  address = URL.createObjectURL(new Blob([take.local.bytes], { type: take.local.type }));
  return playUrl(address);
}

function listen() {
  const last = faulty ? { local: faulty } : prompt() && session.takesOf(prompt()).at(-1);
  if (last && mode !== "recording") playTake(last);
}

// --- the rest ---

async function discard(take) {
  try {
    await session.discard(prompt(), take);
    if (mode === "good") setMode("idle");
    say("");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    say(text("notThrown", { said: error.status ? complaint(error) : text("noConnection") }));
  }
}

async function skipped(body) {
  await outbox.add({ kind: "prompt", session: session.id, prompt: prompt().id, body: { state: "skipped", ...body } });
  go(session.nextOpen(place));
}

function slowly() {
  if (mode !== "good" && mode !== "idle") return;
  pace = "slow";
  press();
}

const KEYS = {
  a: () => { if (mode !== "recording") press(); },
  s: slowly,
  p: listen,
  k: () => { if (faulty && mayBeKept(faulty.verdict)) keep(faulty); },
  m: () => meaning.say(),
  x: () => { if (!$("skip").hidden) skip.open(); },
  arrowleft: () => go(place - 1),
  arrowright: () => go(place + 1),
  " ": () => (mode === "good" ? go(session.nextOpen(place)) : press()),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("studio").hidden) return;
  if (event.target.closest("input, textarea, select")) return;
  const action = KEYS[event.key.toLowerCase()];
  // The space bar presses the button that has the focus; holding a key is not pressing it again and again.
  if (!action || event.repeat || (event.key === " " && event.target.closest("button, a, summary"))) return;
  event.preventDefault();
  action();
}

const goTo = (id) => go(session.prompts.findIndex((one) => one.id === id));
const drawSent = () => showSent($("sent"), outbox, session, goTo);

async function start() {
  try {
    await session.load();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    problem(text("loadFailed"));
    setTimeout(start, RETRY);
    return;
  }
  problem(!canRecord() ? text("unsupported") : outbox.shelf.isLasting ? "" : text("notLasting"));
  $("rec").disabled = !canRecord();
  $("studio").hidden = false;
  drawSent();
  go(session.firstOpen);
  navigator.storage?.persist?.();
}

function problem(words) {
  $("problem").hidden = !words;
  $("problem").querySelector("p").textContent = words;
}

const on = (id, action) => $(id).addEventListener("click", action);
on("rec", press);
on("next", () => go(session.nextOpen(place)));
on("slowly", slowly);
on("keep", () => keep(faulty));
on("listen", listen);
on("previous", () => go(place - 1));
on("following", () => go(place + 1));
on("hear-now", () => playSources(prompt().audio.sources));
on("back", () => go(0));
$("all").addEventListener("toggle", draw);
document.addEventListener("keydown", onKey);
addEventListener("pagehide", () => microphone.close());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return;
  if (mode === "recording") recorder.stop();
  else microphone.close();
});
outbox.addEventListener("change", drawSent);
session.addEventListener("change", draw);
start();
