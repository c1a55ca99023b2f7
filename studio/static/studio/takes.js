// The second listener's queue: hear, decide, next, without loading the admin anew for each take.
//
// Every decision is a form of the page, and works as one; here it is sent in the background and the next take is put
// in its place. A sound may start by itself only after somebody has tapped once, so it does from then on.

const place = document.getElementById("take");
const FAR = 90; // pixels of a swipe that counts
const STEEP = 0.6; // more upright than this it is scrolling

let listens = false; // somebody has pressed hear
let busy = false;

const card = () => place.querySelector("[data-take]");
const main = () => place.querySelector("audio[data-main]");

function hear() {
  const sound = main();
  if (!sound) return;
  listens = true;
  for (const other of place.querySelectorAll("audio")) if (other !== sound) other.pause();
  sound.currentTime = 0;
  sound.play().catch((error) => { if (error.name !== "AbortError") tell(place.dataset.silent); });
}

function tell(message) {
  const said = place.querySelector(".takes-said");
  const line = document.createElement("p");
  line.className = "takes-warning";
  line.textContent = message;
  said.replaceChildren(line);
}

/** Make ready what the server sent: the big button, one sound at a time, the sound by itself. */
function begin() {
  const button = place.querySelector("[data-hear]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", hear);
  }
  if (listens) hear();
}

async function ask(address, body) {
  if (busy) return;
  busy = true;
  place.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(address, { method: body ? "POST" : "GET", body, headers: { "X-Part": "take" } });
    const text = await reply.text();
    const made = new DOMParser().parseFromString(text, "text/html");
    const isPart = made.querySelector(".takes-said") && !made.querySelector("#take");
    // Signed out, or not allowed any more: the admin itself says so.
    if (!isPart) return location.reload();
    for (const sound of place.querySelectorAll("audio")) sound.pause();
    place.replaceChildren(...made.body.childNodes);
    if (!place.querySelector("[aria-invalid]")) place.querySelector("#take-word")?.focus({ preventScroll: true });
    place.querySelector("[aria-invalid]")?.focus();
    scrollTo({ top: Math.min(scrollY, place.offsetTop), behavior: "instant" });
    begin();
  } catch {
    tell(place.dataset.failed);
  } finally {
    busy = false;
    place.removeAttribute("aria-busy");
  }
}

function send(form, button) {
  const data = new FormData(form);
  if (button?.name) data.set(button.name, button.value);
  return ask(form.action, data);
}

place.addEventListener("submit", (event) => {
  event.preventDefault();
  // Enter in the remark is no decision: the reason is.
  const button = event.submitter;
  const fromRemark = document.activeElement?.name === "note";
  if (event.target.matches("[data-decide]") && (fromRemark || !button)) return;
  send(event.target, button);
});

place.addEventListener("click", (event) => {
  const later = event.target.closest("[data-later]");
  if (!later || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(later.href);
});

place.addEventListener("play", (event) => {
  if (event.target === main()) listens = true;
  for (const other of place.querySelectorAll("audio")) if (other !== event.target) other.pause();
}, true);

// ── decisions by key and by finger ───────────────────────────────────────────────────────

const accept = () => place.querySelector('[name="decision"]')?.click();

function reject() {
  const details = place.querySelector("[data-reject]");
  if (!details) return;
  details.open = true;
  details.scrollIntoView({ block: "nearest" });
  details.querySelector("[data-reason]").focus({ preventScroll: true });
}

const reason = (number) => {
  const details = place.querySelector("[data-reject][open]");
  details?.querySelector(`[data-reason="${number}"]`)?.click();
};

const keys = {
  " ": hear,
  a: accept,
  r: reject,
  ArrowRight: () => place.querySelector("[data-later]")?.click(),
  z: () => place.querySelector("[data-undo] button")?.click(),
  1: () => reason(1), 2: () => reason(2), 3: () => reason(3), 4: () => reason(4),
  Escape: () => { const open = place.querySelector("[data-reject][open]"); if (open) open.open = false; },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  // Where one writes, chooses or moves a player's slider, keys mean what they always do; Space presses a button.
  if (event.target.closest("input, select, textarea, audio, [contenteditable], dialog")) return;
  if (event.key === " " && event.target.closest("button, summary, a")) return;
  if (!place.contains(event.target) && event.target !== document.body) return;
  const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

let finger = null;

place.addEventListener("touchstart", (event) => {
  const take = event.target.closest("[data-take]");
  const free = !event.target.closest("audio, input, select");
  const [one] = event.touches;
  finger = take && free && event.touches.length === 1 ? { take, x: one.clientX, y: one.clientY, far: 0 } : null;
}, { passive: true });

place.addEventListener("touchmove", (event) => {
  if (!finger) return;
  const [one] = event.touches;
  const far = one.clientX - finger.x;
  if (Math.abs(one.clientY - finger.y) > Math.abs(far) * STEEP + 12) return letGo();
  finger.far = far;
  finger.take.style.translate = `${far}px`;
  if (Math.abs(far) < FAR) delete finger.take.dataset.swipe;
  else finger.take.dataset.swipe = far > 0 ? "accept" : "reject";
}, { passive: true });

function letGo() {
  if (!finger) return null;
  const { take } = finger;
  const meant = take.dataset.swipe ?? null;
  take.style.translate = "";
  delete take.dataset.swipe;
  finger = null;
  return meant;
}

place.addEventListener("touchend", () => {
  const meant = letGo();
  if (meant === "accept") accept();
  else if (meant === "reject") reject();
});
place.addEventListener("touchcancel", letGo);

begin();
