// A lesson that knows where its reader is. Without this script it reads and sounds just the same.
//
//   <nav class="steps" data-lesson="KEY" data-quiz="UUID">   the steps, links to the parts
//   <div id="b-…" data-part>                                 a part
//   #resume, template#done, [data-standing], [data-visitor]  words for what is found out here
//
// Who is signed in has each part kept as soon as it is done; visitors see the same marks, and nothing is sent.

import { get, isSignedIn, me, put } from "../../cms/js/api.js";

const READING_MS = 1000; // in view for so long, a part counts as reached
const SEND_MS = 1500;
const QUEUE = "lesson-progress";
const CARDS = 'a[data-card], a[lang="rml"][href*="?form="]';

const steps = document.querySelector(".steps");
const parts = [...document.querySelectorAll("[data-part]")];
const links = new Map([...steps.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
const done = new Set();
const reached = new Set();
let current = "";

// ── the step line ────────────────────────────────────────────────────────────────────────

function markCurrent(id) {
  if (id === current || !links.has(id)) return;
  links.get(current)?.removeAttribute("aria-current");
  current = id;
  const link = links.get(id);
  link.setAttribute("aria-current", "step");
  // Only the line scrolls; the page stays where the reader has it.
  const line = link.closest("ol");
  line.scrollLeft = link.offsetLeft - (line.clientWidth - link.offsetWidth) / 2;
}

async function markDone(id) {
  const link = links.get(id);
  if (!link || link.classList.contains("done")) return;
  link.classList.add("done");
  link.prepend(document.getElementById("done").content.cloneNode(true));
  // The wheel comes with the first part done; without connection the check beside the name says it alone.
  const wheel = await import("../../cms/js/wheel.js").catch(() => null);
  wheel?.turn(steps.querySelector(".wheel"), steps.querySelectorAll(".done").length, links.size);
}

// ── reading ──────────────────────────────────────────────────────────────────────────────

const since = new Map(); // part → when it came into view
const inView = new IntersectionObserver((changes) => {
  for (const { target, isIntersecting } of changes) {
    if (isIntersecting) since.set(target, Date.now());
    else since.delete(target);
  }
}, { rootMargin: "-20% 0px -35% 0px" });
for (const part of document.querySelectorAll("[data-part], #quiz")) inView.observe(part);

function look() {
  if (document.hidden) return;
  const here = [...since.keys()].sort((a, b) => a.offsetTop - b.offsetTop);
  if (here.length) markCurrent(here[0].id);
  const read = here.filter((part) => Date.now() - since.get(part) >= READING_MS);
  if (!read.length) return;
  const fresh = read.flatMap(reach);
  // The reader is in the topmost of the parts in view; at the quiz, still in the last part.
  keep(parts.includes(read[0]) ? read[0].id : parts.at(-1)?.id, fresh);
}

/** Return what is done by now: a part is when its end has been in view, or the reader has gone on from it to the next. */
function reach(part) {
  const place = parts.indexOf(part);
  const before = place < 0 ? parts.at(-1) : parts[place - 1];
  const found = [];
  if (before && reached.has(before.id)) found.push(before.id);
  if (place >= 0) {
    reached.add(part.id);
    if (part.getBoundingClientRect().bottom <= innerHeight) found.push(part.id);
  }
  const fresh = found.filter((id) => !done.has(id));
  for (const id of fresh) {
    done.add(id);
    markDone(id);
  }
  return fresh;
}

setInterval(look, 500);
addEventListener("scroll", () => requestAnimationFrame(look), { passive: true });

// ── keeping ──────────────────────────────────────────────────────────────────────────────
// What is to be sent lies in localStorage until the server has it: { lesson: { who, block, done } }.

const lesson = steps.dataset.lesson;
let lastBlock = "";
let person = null;
let timer;

function readQueue() {
  try {
    return JSON.parse(localStorage.getItem(QUEUE)) ?? {};
  } catch {
    return {};
  }
}

function writeQueue(queue) {
  try {
    if (Object.keys(queue).length) localStorage.setItem(QUEUE, JSON.stringify(queue));
    else localStorage.removeItem(QUEUE);
  } catch { /* a full or forbidden store must not stop the reading */ }
}

/** A number that tells one person from another on this device, without leaving an address lying there. */
function whoIs({ email }) {
  return [...email].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 0x01000193) >>> 0, 0x811c9dc5);
}

function keep(block, fresh) {
  if (!person || !block || (block === lastBlock && !fresh.length)) return;
  lastBlock = block;
  const queue = readQueue();
  const who = whoIs(person);
  const waiting = queue[lesson]?.who === who ? queue[lesson].done : [];
  queue[lesson] = { who, block, done: [...new Set([...waiting, ...fresh])] };
  writeQueue(queue);
  clearTimeout(timer);
  timer = setTimeout(send, SEND_MS);
}

async function send(options) {
  clearTimeout(timer);
  if (!person) return;
  for (const [key, item] of Object.entries(readQueue())) {
    // What somebody else on this device has left waits until that person is back.
    if (item.who !== whoIs(person)) continue;
    try {
      await put(`me/progress/lessons/${key}/`, { block: item.block, done: item.done }, options);
    } catch (error) {
      // Without connection, without session, or with too many requests it waits; what is refused is let go.
      if (error.status === 0 || error.status >= 500 || [401, 403, 429].includes(error.status)) return;
    }
    const queue = readQueue();
    // Something may have been added while this was under way.
    if (JSON.stringify(queue[key]) === JSON.stringify(item)) {
      delete queue[key];
      writeQueue(queue);
    }
  }
}

addEventListener("online", () => send());
document.addEventListener("visibilitychange", () => { if (document.hidden) send({ keepalive: true }); });

// ── coming back ──────────────────────────────────────────────────────────────────────────

async function comeBack() {
  person = await me();
  if (!person) return;
  for (const part of document.querySelectorAll("[data-visitor]")) part.remove();
  // What was read before it was known who reads.
  if (reached.size) keep([...reached].at(-1), [...done]);
  await send();
  const progress = await get("me/progress/").catch(() => null);
  if (!progress) return;
  const mine = progress.lessons.find((one) => one.lesson === lesson);
  const quiz = progress.quizzes.find((one) => one.quiz === steps.dataset.quiz);
  for (const id of mine?.done ?? []) {
    done.add(id);
    markDone(id);
  }
  if (quiz?.passed) markDone("quiz");
  if (quiz) showStanding(quiz);
  offerReturn(mine);
}

function showStanding({ best_score: best, passed }) {
  const place = document.querySelector("[data-standing]");
  if (!place || best === null) return;
  place.querySelector("span").textContent = `${Math.round(best * 100)} %`;
  place.querySelector("[data-passed]").hidden = !passed;
  place.hidden = false;
}

function offerReturn(mine) {
  const resume = document.getElementById("resume");
  const left = links.get(mine?.block);
  const isFirst = mine?.block === parts[0]?.id;
  if (!left || isFirst || mine.completed_at || scrollY > innerHeight || location.hash) return;
  const link = resume.querySelector("a");
  link.href = left.hash;
  link.querySelector("span").textContent = [...left.childNodes].findLast((node) => node.nodeType === 3).textContent;
  resume.hidden = false;
}

if (isSignedIn()) comeBack();

// ── words ────────────────────────────────────────────────────────────────────────────────
// The card comes with the first tap; its module answers all later ones.

async function firstCard(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.(CARDS);
  if (!link || !("popover" in link)) return;
  event.preventDefault();
  document.removeEventListener("click", firstCard);
  try {
    (await import("../../dictionary/js/entry-card.js")).openCard(link);
  } catch {
    location.assign(link.href);
  }
}
document.addEventListener("click", firstCard);
