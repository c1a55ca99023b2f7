// On the pages of sessions: says how much of what was recorded on this device has not arrived yet, and sends it.

import { Outbox } from "./outbox.js";

const place = document.querySelector("[data-outbox]");
const outbox = new Outbox();

outbox.addEventListener("change", () => {
  const waiting = outbox.entries(place.dataset.outbox);
  const refused = waiting.filter((entry) => entry.refusal).length;
  place.textContent = [[place.dataset.waiting, waiting.length - refused], [place.dataset.refused, refused]]
    .filter(([, count]) => count)
    .map(([words, count]) => words.replace("{count}", count))
    .join(" ");
  place.hidden = !waiting.length;
});
