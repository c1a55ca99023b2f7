// What one learner has done, shown on pages that are the same for everyone: course, module, test.
//
//   <a data-kind="lesson" data-key="…" data-quiz="…">   a lesson or test of a list
//   [data-yours] / [data-start]                         shown with / without progress
//   [data-complete]                                     shown when nothing is left
//   [data-visitor]                                      words for visitors
//   <… data-quiz> with [data-standing]                  the rules of one test

import { get, isSignedIn, me } from "../../cms/js/api.js";
import { turn } from "../../cms/js/wheel.js";

const rows = [...document.querySelectorAll("a[data-kind]")];
const percent = (score) => `${Math.round(score * 100)} %`;

/** Return how one row stands: done, its best score, where it was left. */
function standing(row, progress) {
  const lesson = progress.lessons.find((one) => one.lesson === row.dataset.key);
  const quiz = progress.quizzes.find((one) => one.quiz === row.dataset.quiz);
  const isTest = row.dataset.kind === "test";
  return {
    done: isTest ? Boolean(quiz?.passed) : Boolean(lesson?.completed_at),
    score: quiz?.best_score ?? lesson?.best_score ?? null,
    begun: Boolean(lesson?.block || lesson?.done.length || quiz),
    block: lesson?.block ?? "",
  };
}

function dress(row, name, score) {
  const dressed = document.getElementById(`state-${name}`).content.cloneNode(true);
  const place = dressed.querySelector("[data-score]");
  if (place) place.textContent = score === null ? "" : percent(score);
  const [sign, words] = dressed.children;
  row.firstElementChild.replaceWith(sign);
  row.lastElementChild.replaceWith(words);
}

function showRows(progress) {
  const found = rows.map((row) => ({ row, ...standing(row, progress) }));
  const current = found.find((one) => one.begun && !one.done) ?? found.find((one) => !one.done);
  for (const one of found) {
    if (one.done) dress(one.row, "done", one.score);
    else if (one === current) {
      dress(one.row, "current", null);
      one.row.setAttribute("aria-current", "step");
      if (one.block) one.row.hash = one.block;
    } else if (one.score !== null) dress(one.row, "tried", one.score);
  }
  return { found, current };
}

const wheelModel = document.getElementById("state-wheel");
const counted = (done, whole) => wheelModel.dataset.text.replace("{done}", done).replace("{whole}", whole);

/** What is begun turns the wheel a little: a wheel that stands still says that nothing has happened. */
const filled = (found) => found.reduce((sum, one) => sum + (one.done ? 1 : one.begun ? 0.25 : 0), 0);

function showModules(found) {
  for (const module of document.querySelectorAll(".modules details")) {
    const own = found.filter((one) => module.contains(one.row));
    const done = own.filter((one) => one.done).length;
    if (!own.some((one) => one.begun)) continue;
    const wheel = wheelModel.content.firstElementChild.cloneNode(true);
    module.querySelector(".turn").before(wheel);
    turn(wheel, filled(own), own.length, lessonsText(own));
    // What is finished steps back, so that what comes next is seen at once.
    if (done === own.length && location.hash !== `#${module.parentElement.id}`) module.open = false;
  }
}

function lessonsText(found) {
  const lessons = found.filter((one) => one.row.dataset.kind === "lesson");
  return counted(lessons.filter((one) => one.done).length, lessons.length);
}

function showWhole({ found, current }) {
  if (!found.some((one) => one.begun)) return;
  for (const part of document.querySelectorAll("[data-start]")) part.hidden = true;
  for (const part of document.querySelectorAll("[data-yours]")) part.hidden = false;
  document.querySelector("[data-count]").textContent = lessonsText(found);
  turn(document.querySelector(".wheel.big"), filled(found), found.length, lessonsText(found));
  const next = document.querySelector("[data-continue]");
  if (current && next) {
    next.href = current.row.href;
    next.querySelector("span").textContent = current.row.querySelector("b").textContent;
  }
  if (current) return;
  next?.parentElement.remove();
  document.querySelector("[data-complete]").hidden = false;
}

function showTest(test, progress) {
  const quiz = progress.quizzes.find((one) => one.quiz === test.dataset.quiz);
  const place = test.querySelector("[data-standing]");
  if (!place || !quiz || quiz.best_score === null) return;
  place.querySelector("span").textContent = percent(quiz.best_score);
  place.querySelector("[data-passed]").hidden = !quiz.passed;
  place.hidden = false;
}

/** What was corrected, or answered by a reviewer, since the learner last looked. */
function showNotices(notices) {
  const place = document.querySelector("[data-notices]");
  if (!place || !notices?.length) return;
  place.querySelector("ul").replaceChildren(...notices.map(({ url, text }) => {
    const row = document.createElement("li");
    row.append(Object.assign(document.createElement("a"), { className: "go", href: url, textContent: text }));
    return row;
  }));
  place.hidden = false;
}

async function showProgress() {
  if (!(await me())) return;
  for (const part of document.querySelectorAll("[data-visitor]")) part.remove();
  const progress = await get("me/progress/").catch(() => null);
  if (!progress) return;
  showNotices(progress.notices);
  for (const test of document.querySelectorAll("section[data-quiz]")) showTest(test, progress);
  if (!rows.length) return;
  const shown = showRows(progress);
  showModules(shown.found);
  if (document.querySelector("[data-course]")) showWhole(shown);
}

if (isSignedIn()) showProgress();
