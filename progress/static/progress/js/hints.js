// Hints that cost: the page has no text of them. Asking for one is kept by the server, which then sends it; asking
// twice costs once. Loaded where a quiz has such hints.

import { ApiError, put } from "../../cms/js/api.js";
import { complaint, make, notice } from "../../lessons/js/exercise.js";

/** Ask for the hint of a button and show it in its place, and what stands open behind it. */
export async function open(button, { attempt, exercise, away, signedOut }) {
  if (button.getAttribute("aria-disabled")) return;
  const place = button.closest("[data-hints]");
  const said = place.querySelector("[data-hint-said]");
  button.setAttribute("aria-disabled", "true");
  try {
    const path = `attempts/${attempt}/responses/${exercise}/hints/${button.value}/`;
    const { hints } = await put(path, {}, { signal: AbortSignal.timeout(15000) });
    said.replaceChildren();
    show(place, hints, button.value);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const isSignedOut = error.status === 401 || error.status === 403;
    said.replaceChildren(isSignedOut ? signedOut() : error.status ? notice(complaint(error)) : away);
  }
  button.removeAttribute("aria-disabled");
}

function show(place, hints, asked) {
  for (const { number, text } of hints) {
    const row = place.querySelector(`[data-hint="${number}"]`);
    const button = row.querySelector("button");
    if (text === null) {
      // The next to be had: the first that is not open.
      row.hidden = false;
      return;
    }
    if (button) row.replaceWith(opened(number, button.dataset.free, text, `${number}` === asked));
  }
}

function opened(number, title, text, isAsked) {
  const words = make("p", { tabIndex: -1 }, text);
  const row = make("details", { open: isAsked }, make("summary", {}, title), words);
  row.dataset.hint = number;
  // The button is gone: whoever pressed it goes on at what it brought.
  if (isAsked) requestAnimationFrame(() => words.focus());
  return row;
}
