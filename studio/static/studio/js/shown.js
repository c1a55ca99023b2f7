// What the recorder's screen shows below the button: the takes of a prompt, what was not accepted, the list of prompts.

import { text } from "../../cms/js/api.js";
import { icon, make } from "../../lessons/js/exercise.js";

const PACES = { normal: "normal", slow: "slow" };
const REVIEWS = { accepted: "takeAccepted", rejected: "takeRejected" };

function button(words, action, name = "btn plain") {
  const made = make("button", { type: "button", className: name }, words);
  made.addEventListener("click", action);
  return made;
}

function stateOf(take) {
  if (take.refusal) return text("takeRefused");
  if (take.waits) return text("takeWaiting");
  if (take.status === "failed") return `${text("takeFailed")}: ${take.failure}`;
  return text(REVIEWS[take.review] ?? "takeSent");
}

/** Return one line for each take; `on` holds what its buttons do. */
export const takeRows = (takes, on) => takes.map((take) => {
  const row = make("li", {}, make("span", {}, text(PACES[take.pace]), make("br"),
    make("span", { className: "meta" }, stateOf(take))), make("span", { className: "row" }));
  if (take.local || take.sources.length) row.lastChild.append(button(text("listenTake"), () => on.listen(take)));
  if (take.waits || take.review === "open") row.lastChild.append(button(text("throwAway"), () => on.discard(take)));
  return row;
});

/** Return what to do about something that the server did not accept. */
function advice({ fields, status }) {
  if (fields.includes("speaker")) return text("refusedSpeaker");
  if (fields.includes("file")) return text("refusedFile");
  return status === 404 ? text("refusedGone") : "";
}

/** Return a message for each entry that was not accepted: why, what to do, and nothing is lost meanwhile. */
export const refusals = (entries, on) => entries.flatMap((entry) => {
  const isTake = entry.kind === "take";
  const acts = make("p", { className: "row" }, button(text("sendAgain"), () => on.retry(entry)));
  if (isTake) {
    const saved = make("a", { className: "btn plain", download: `${entry.id}.${entry.type.includes("mp4") ? "m4a" : "webm"}` }, text("saveFile"));
    saved.href = URL.createObjectURL(new Blob([entry.bytes], { type: entry.type }));
    acts.append(saved);
  }
  acts.append(button(text("throwAway"), () => on.drop(entry)));
  return [icon("notice"), make("strong", {}, text(isTake ? "refusedTake" : "refusedSkip", { said: entry.refusal.said })),
    make("p", {}, advice(entry.refusal)), acts];
});

/** Return the list of prompts, each a button that goes there. */
export const promptRows = (session, current, go) => session.prompts.map((prompt, place) => {
  const { state } = session.stateOf(prompt);
  const row = make("li", {}, button(make("span", { lang: "rml" }, prompt.romani), () => go(place), ""));
  row.firstChild.append(make("span", { className: "meta" }, text({ waiting: "waits" }[state] ?? state)));
  if (place === current) row.setAttribute("aria-current", "true");
  return row;
});

/** Say at the top how much waits, and where it went wrong. */
export function showSent(place, outbox, session, goTo) {
  const all = outbox.entries();
  const refused = all.filter((entry) => entry.refusal);
  const count = String(all.length - refused.length);
  const words = { away: "away", signedout: "signedOut" }[outbox.standing] ?? "waiting";
  const pieces = [all.length > refused.length ? text(words, { count }) : refused.length ? "" : text("sent")];
  if (outbox.standing === "signedout") pieces.push(make("a", { href: place.dataset.signIn, target: "_blank" }, place.dataset.signInWords));
  const here = refused.find((entry) => entry.session === session.id);
  const told = text("refused", { count: String(refused.length) });
  if (refused.length) pieces.push(here ? button(told, () => goTo(here.prompt), "") : told);
  place.replaceChildren(...pieces.filter(Boolean).flatMap((piece) => [piece, " "]));
}
