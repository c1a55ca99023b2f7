// The reviewers' queue of words: decide, next, without loading the admin anew for each word.
//
// Every decision is a form of the page, and works as one; here it is sent in the background and the next word is put
// in its place.

const place = document.getElementById("word");

let busy = false;

const main = () => place.querySelector("audio[data-main]");

function hear() {
  const sound = main();
  if (!sound) return;
  sound.currentTime = 0;
  sound.play().catch((error) => { if (error.name !== "AbortError") tell(place.dataset.silent); });
}

function tell(message) {
  const line = document.createElement("p");
  line.className = "word-warning";
  line.textContent = message;
  place.querySelector(".word-said").replaceChildren(line);
  line.scrollIntoView({ block: "nearest" });
}

/** Make ready what the server sent: the big button in place of the player. */
function begin() {
  const button = place.querySelector("[data-hear]");
  if (!button) return;
  button.hidden = false;
  main().hidden = true;
  button.addEventListener("click", hear);
}

async function send(form, button) {
  if (busy) return;
  busy = true;
  place.setAttribute("aria-busy", "true");
  const data = new FormData(form);
  if (button?.name) data.set(button.name, button.value);
  try {
    const reply = await fetch(form.action, { method: "POST", body: data, headers: { "X-Part": "word" } });
    const made = new DOMParser().parseFromString(await reply.text(), "text/html");
    // Signed out, not allowed any more, or gone: the admin itself says so.
    if (!made.querySelector(".word-said") || made.querySelector("#word")) return location.reload();
    main()?.pause();
    place.replaceChildren(...made.body.childNodes);
    (place.querySelector("[aria-invalid]") ?? place.querySelector("#word-text"))?.focus({ preventScroll: true });
    (place.querySelector("[aria-invalid]") ?? place).scrollIntoView({ block: "nearest" });
    begin();
    if (!place.querySelector("[aria-invalid]")) scrollTo({ top: Math.min(scrollY, place.offsetTop), behavior: "instant" });
  } catch {
    tell(place.dataset.failed);
  } finally {
    busy = false;
    place.removeAttribute("aria-busy");
  }
}

place.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target, event.submitter);
});

// A fold that opens is there to be written in, or to choose in first; one that comes back with a fault leads to it.
place.addEventListener("toggle", (event) => {
  const fold = event.target;
  if (!fold.open || fold.querySelector("[aria-invalid]")) return;
  fold.querySelector("input:checked, input[type=text]")?.focus();
}, true);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Escape" && place.contains(event.target)) {
    const open = event.target.closest("details[open]");
    if (open) open.open = false;
    return;
  }
  // Where one writes or chooses, keys mean what they always do; Space presses a button.
  if (event.target.closest("input, select, textarea, audio, [contenteditable], dialog")) return;
  if (event.key === " " && event.target.closest("button, summary, a")) return;
  if (!place.contains(event.target) && event.target !== document.body) return;
  if (event.key === " ") {
    event.preventDefault();
    return hear();
  }
  const key = CSS.escape(event.key.toLowerCase());
  const found = event.key.length === 1 && place.querySelector(`[data-key="${key}"]`);
  if (!found) return;
  event.preventDefault();
  if (found.matches("details")) found.open = true;
  else found.click();
});

begin();
