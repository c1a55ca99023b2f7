// Looks after a recording that is being prepared, until it can be heard or has failed.

const PAUSE = 2000;
const LONGEST_PAUSE = 30000;

async function watch(element, pause = PAUSE) {
  await new Promise((resolve) => setTimeout(resolve, pause));
  let next = null;
  try {
    const reply = await fetch(element.dataset.recordingStatus, { headers: { Accept: "text/html" } });
    if (reply.redirected || (reply.status >= 400 && reply.status < 500)) return; // signed out, or deleted
    if (reply.ok) {
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      next = page.querySelector(".recording-status");
    }
  } catch {
    // No connection: ask again later.
  }
  if (next) element.replaceWith(next);
  const current = next ?? element;
  if (current.dataset.recordingStatus) watch(current, Math.min(pause * 1.5, LONGEST_PAUSE));
}

document.querySelectorAll("[data-recording-status]").forEach((element) => watch(element));
