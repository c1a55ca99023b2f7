// Looks after a piece of the page while a worker is busy: fetches it again until nothing more is to come.

const PAUSE = 1500;
const LONGEST_PAUSE = 10000;

async function watch(element, pause = PAUSE) {
  await new Promise((resolve) => setTimeout(resolve, pause));
  let next = null;
  try {
    const reply = await fetch(element.dataset.poll, { headers: { Accept: "text/html" } });
    if (reply.redirected || (reply.status >= 400 && reply.status < 500)) return; // signed out, or deleted
    if (reply.ok) next = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector(".uploads-progress");
  } catch {
    // No connection: ask again later.
  }
  if (next && next.hasAttribute("data-reload")) return location.reload();
  const changed = next && next.textContent !== element.textContent;
  if (next) element.replaceWith(next);
  const current = next ?? element;
  if (current.dataset.poll) watch(current, changed ? PAUSE : Math.min(pause * 1.5, LONGEST_PAUSE));
}

document.querySelectorAll("[data-poll]").forEach((element) => watch(element));
