// The card of a word: a tap on Romani, or on the mark beside it, shows its meaning, source and review state in place.
//
//   <a data-card="words/rl0564" href="…">               an entry
//   <a lang="rml" href="…?form=najis-ta">               a form as it stands in a text
//
// Every such link leads to the dictionary by itself; whenever the card cannot be shown, it simply does that.
// The page holds <template id="card-template"> (dictionary/_card.html) with the card's words.

import { get } from "../../cms/js/api.js";

export const LINKS = 'a[data-card], a[lang="rml"][href*="?form="]';
const MOST_WORDS = 6;
const SLOW_MS = 8000;

const template = document.getElementById("card-template");
const [cardModel, choiceModel] = template?.content.children ?? [];
let asked = 0; // the newest request; an older answer that comes later is dropped

/** Show the card that `link` asks for; where that fails, follow the link. */
export async function openCard(link) {
  const mine = ++asked;
  link.setAttribute("aria-busy", "true");
  try {
    const found = await Promise.race([find(link), late()]);
    if (mine !== asked) return;
    if (!found.length) return follow(link);
    show(found.length === 1 ? card(await detail(found[0])) : choice(found), link);
  } catch {
    if (mine === asked) follow(link);
  } finally {
    link.removeAttribute("aria-busy");
  }
}

const late = () => new Promise((_, refuse) => { setTimeout(refuse, SLOW_MS); });
const follow = (link) => location.assign(link.href);
const path = (entry) => `${entry.kind}s/${entry.id}/`;
const detail = (entry) => (entry.not_to_confuse ? entry : get(path(entry)));

async function find(link) {
  if (link.dataset.card) return [await get(`${link.dataset.card}/`)];
  const form = new URL(link.href).searchParams.get("form") ?? "";
  const whole = await written(form, ["words", "phrases"]);
  const words = form.split(/\s+/).slice(0, MOST_WORDS);
  if (whole.length || words.length < 2) return whole;
  const each = await Promise.all(words.map((word) => written(word, ["words"])));
  return [...new Map(each.flat().map((entry) => [entry.id, entry])).values()];
}

async function written(form, lists) {
  const pages = await Promise.all(lists.map((list) => get(`${list}/?form=${encodeURIComponent(form)}`)));
  return pages.flatMap((page) => page.results);
}

function romani(text, entry) {
  const made = document.createElement(entry ? "a" : "span");
  made.lang = "rml";
  made.textContent = text;
  if (entry) Object.assign(made, { href: address(entry) }).dataset.card = path(entry).slice(0, -1);
  return made;
}

/** The dictionary's address is told by any link into it. */
function address(entry) {
  const known = document.querySelector(LINKS)?.href ?? location.href;
  const dictionary = known.includes("?form=") ? known.split("?")[0] : known.replace(/[^/]+\/?$/, "");
  return `${dictionary}${entry.id}/`;
}

/** Put Romani in «quotation marks» into spans of its own. */
function quoted(text) {
  return text.split(/«([^»]*)»/).map((part, place) => (place % 2 ? romani(part) : part));
}

function listed(parts) {
  return parts.flatMap((part, place) => (place ? [", ", ...part] : part));
}

function card(entry) {
  const made = cardModel.cloneNode(true);
  made.querySelector("h2").textContent = entry.text;
  sound(made.querySelector('[data-fact="hear"]'), entry.text, entry.audio);
  voices(made.querySelector('[data-fact="voices"]'), made.querySelector('[data-fact="hear"]'), entry);
  const facts = {
    gloss: [entry.gloss],
    picture: [entry.picture ? picture(entry.picture) : ""],
    part: [[entry.part_of_speech_name, entry.gender_name].filter(Boolean).join(", ")],
    variety: [entry.variety.name],
    variants: listed(entry.variants.map((variant) => [romani(variant.form),
      ...(variant.variety === entry.variety.code ? [] : [` (${variant.variety_name})`])])),
    protected: listed(entry.not_to_confuse.map((other) => [romani(other.text, { kind: "word", ...other }), ` – ${other.gloss}`])),
    source: quoted(entry.source.place || entry.source.name),
    note: [entry.note],
    signed: [(entry.review.signed ?? []).map((one) => one.signed_as).filter(Boolean).join(", ")].map((names) => names && `: ${names}`),
  };
  for (const [name, parts] of Object.entries(facts)) fill(made.querySelector(`[data-fact="${name}"]`), parts);
  const states = {
    synthetic: entry.audio?.voice === "synthetic", neighbour: !entry.variety.is_taught,
    reviewed: entry.review.state === "reviewed", unreviewed: entry.review.state !== "reviewed",
  };
  for (const part of made.querySelectorAll("[data-if]")) if (!states[part.dataset.if]) part.remove();
  made.querySelector('[data-fact="link"]').href = address(entry);
  return made;
}

/** The meaning stands beside it and says what it shows. */
function picture({ url }) {
  return Object.assign(new Image(40, 40), { className: "thumb", src: url, alt: "" });
}

function fill(place, parts) {
  if (parts.some((part) => part !== "")) return place.prepend(...parts);
  const term = place.previousElementSibling;
  if (term?.tagName === "DT") term.remove();
  place.remove();
}

function sound(control, said, audio) {
  const sources = audio?.sources ?? [];
  const of = (type) => sources.find((source) => source.type.startsWith(type))?.url;
  const address = of("audio/mpeg") ?? sources[0]?.url;
  if (!address) return control.remove();
  control.href = address;
  control.dataset.voice = audio.is_checked ? audio.voice : "unchecked";
  control.querySelector("[lang]").textContent = said;
}

/** List the voices side by side where there are several. */
function voices(place, model, entry) {
  if ((entry.voices?.length ?? 0) < 2) return place.remove();
  place.querySelector("ul").append(...entry.voices.map((voice) => {
    const item = document.createElement("li");
    const control = model.cloneNode(true);
    item.className = "row spread nowrap";
    control.classList.add("small");
    item.append(voice.name, control);
    sound(control, `${entry.text}, ${voice.name}`, voice);
    return item;
  }));
}

function choice(entries) {
  const made = cardModel.cloneNode(false);
  const content = choiceModel.cloneNode(true);
  const close = cardModel.querySelector(".row").cloneNode(true);
  close.querySelector("h2").replaceWith(content.querySelector("h2"));
  content.querySelector("ul").append(...entries.map((entry) => {
    const item = document.createElement("li");
    item.append(romani(entry.text, entry), ` – ${entry.gloss}`);
    return item;
  }));
  made.append(close, content);
  return made;
}

function show(made, link) {
  const before = document.getElementById("card");
  // A link on a card shows the next card in its place, beside the link that opened the first one.
  const opener = before?.contains(link) ? before.opener : link;
  made.opener = opener;
  before?.remove();
  for (const old of document.querySelectorAll("[data-card-anchor]")) {
    old.style.removeProperty("anchor-name");
    delete old.dataset.cardAnchor;
  }
  opener.style.setProperty("anchor-name", "--card");
  opener.dataset.cardAnchor = "";
  made.style.setProperty("position-anchor", "--card");
  document.body.append(made);
  made.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const focused = made.contains(document.activeElement) || document.activeElement === document.body;
    made.remove();
    if (focused && !document.getElementById("card")) opener.focus({ preventScroll: true });
  });
  made.showPopover();
  made.querySelector("h2").focus({ preventScroll: true });
}

/** Return the link to a card that a plain click or Enter on it meant, or nothing. */
export function cardLink(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  return event.target.closest?.(LINKS);
}

if (cardModel && "popover" in cardModel) {
  document.addEventListener("click", (event) => {
    const link = cardLink(event);
    if (!link) return;
    event.preventDefault();
    openCard(link);
  });
}
