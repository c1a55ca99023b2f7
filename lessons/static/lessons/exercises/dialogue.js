// Dialogue: turn after turn. In practice each choice shows what comes of it before the next turn; in a quiz, as the
// server must not be asked before the answer, the turns follow each other and the consequences come with the verdict.

import { post } from "../../cms/js/api.js";
import { lines, notice } from "../js/exercise.js";

const PATIENCE = 15000;

const turns = (form) => [...form.querySelectorAll("[data-turn]")];
const picked = (turn) => turn.querySelector("input:checked")?.value;

export const read = (form) => {
  const chosen = turns(form).map(picked);
  const open = chosen.indexOf(undefined);
  return { chosen: open < 0 ? chosen : chosen.slice(0, open) };
};

export const isMissing = (answer, form) => answer.chosen.length < turns(form).length;

export function enhance(form) {
  const list = form.querySelector(".dialogue");
  const all = turns(form);
  const check = form.closest("exercise-form").dataset.check;
  const then = all.map((turn) => turn.querySelector("[data-then]"));
  let asked = 0;

  /** Show each turn up to the first without a choice. */
  const draw = () => all.forEach((turn, place) => { turn.hidden = all.slice(0, place).some((one) => !picked(one)); });
  const clear = () => then.forEach((place) => place.replaceChildren());

  async function tell(place) {
    const mine = ++asked;
    let told;
    try {
      const { solution } = await post(check, { answer: { chosen: all.slice(0, place + 1).map(picked) } },
        { signal: AbortSignal.timeout(PATIENCE) });
      told = lines([solution.lines[place]]);
    } catch {
      told = notice(list.dataset.lost, list.dataset.lostHint);
    }
    // Another choice was made meanwhile.
    if (mine === asked) then[place].replaceChildren(told);
  }

  form.addEventListener("change", async ({ target }) => {
    const place = all.indexOf(target.closest("[data-turn]"));
    if (place < 0) return;
    if (check) await tell(place);
    draw();
  });
  // The verdict tells all of it.
  form.addEventListener("submit", clear);
  form.addEventListener("reset", () => setTimeout(() => { clear(); draw(); }));
  draw();
}
