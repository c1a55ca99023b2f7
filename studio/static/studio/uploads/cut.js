// Cuts a long recording on its waveform: move an edge, split, join, drop, say that a word was left out or said again. By
// mouse and finger on the drawing, by buttons and by keyboard. Every change is kept on the server a moment later; the
// pieces are placed only when the person says so.

import { fill, headersOf, read, Refused, send } from "./sending.js";

const STEP = 50; // milliseconds that a press moves an edge
const LEAST = 100;
const KEEP_AFTER = 600;
const EDGE = 8; // pixels
const KEYS = { p: "play", j: "join", s: "split", d: "drop", z: "undo" };

/** The word of each piece: its place in the list, or null. The same rule as `studio.cutting.assign`. */
function placesOf(pieces, count) {
  let place = -1;
  return pieces.map((piece) => {
    if (!piece.kept) return null;
    place = Math.max(0, place + 1 + piece.skip);
    return place < count ? place : null;
  });
}

function clock(ms) {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")},${Math.floor((ms % 1000) / 100)}`;
}

class Cutter {
  constructor(root) {
    this.root = root;
    this.words = read("upload-words");
    const data = read("upload-data");
    Object.assign(this, { pieces: data.pieces, entries: data.entries, version: data.version, step: data.step });
    Object.assign(this, { chosen: 0, undone: [], from: 0, span: 12000, levels: new Uint8Array(), kept: JSON.stringify(data.pieces) });
    this.find = (name) => root.querySelector(`[data-${name}]`);
    this.form = document.querySelector("[data-confirm]");
    this.player = this.find("player");
    root.hidden = false;
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) this.act(button.dataset.do);
      const row = event.target.closest("[data-row]");
      if (row) this.choose(Number(row.dataset.row));
    });
    this.find("pieces").addEventListener("keydown", (event) => this.key(event));
    this.find("at").addEventListener("input", (event) => this.look(Number(event.target.value)));
    this.player.addEventListener("timeupdate", () => this.follow());
    this.pointer(this.find("wave"));
    new ResizeObserver(() => this.draw()).observe(this.find("wave"));
    this.form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("beforeunload", (event) => this.isDirty() && event.preventDefault());
    this.list();
    this.load();
  }

  async load() {
    const reply = await fetch(this.root.dataset.levels);
    if (reply.ok) this.levels = new Uint8Array(await reply.arrayBuffer());
    this.find("at").max = Math.max(1, this.length - this.span);
    this.player.src = this.root.dataset.sound;
    this.choose(0);
  }

  get length() {
    return Math.max(this.levels.length * this.step, this.pieces.at(-1)?.end ?? 0);
  }

  // --- changes -----------------------------------------------------------------------------
  act(what) {
    const piece = this.pieces[this.chosen];
    const doing = {
      play: () => this.play(),
      closer: () => this.zoom(0.5),
      wider: () => this.zoom(2),
      undo: () => this.undo(),
      "start-": () => this.move("start", -STEP),
      "start+": () => this.move("start", STEP),
      "end-": () => this.move("end", -STEP),
      "end+": () => this.move("end", STEP),
      join: () => this.join(),
      split: () => this.split(),
      drop: () => this.change(() => { piece.kept = !piece.kept; }),
      "skip+": () => this.change(() => { piece.skip += 1; }),
      "skip-": () => this.change(() => { piece.skip = Math.max(-1, piece.skip - 1); }),
    }[what];
    if (doing && (piece || ["closer", "wider", "undo"].includes(what))) doing();
  }

  change(doing) {
    this.undone.push(JSON.stringify([this.pieces, this.chosen]));
    doing();
    this.list();
    this.keepSoon();
  }

  undo() {
    if (!this.undone.length) return;
    [this.pieces, this.chosen] = JSON.parse(this.undone.pop());
    this.list();
    this.choose(this.chosen);
    this.keepSoon();
  }

  /** How far an edge may go: not over its neighbour, and the piece stays long enough to be heard. */
  limit(number, side, value) {
    const piece = this.pieces[number];
    const [low, high] = side === "start"
      ? [this.pieces[number - 1]?.end ?? 0, piece.end - LEAST]
      : [piece.start + LEAST, this.pieces[number + 1]?.start ?? this.length];
    return Math.round(Math.max(low, Math.min(high, value)));
  }

  move(side, by) {
    const piece = this.pieces[this.chosen];
    const value = this.limit(this.chosen, side, piece[side] + by);
    if (value !== piece[side]) this.change(() => { piece[side] = value; });
  }

  join() {
    const next = this.pieces[this.chosen + 1];
    if (!next) return;
    this.change(() => {
      this.pieces[this.chosen].end = next.end;
      this.pieces.splice(this.chosen + 1, 1);
    });
  }

  split() {
    const piece = this.pieces[this.chosen];
    const heard = Math.round(this.player.currentTime * 1000);
    const isInside = heard > piece.start + LEAST && heard < piece.end - LEAST;
    const at = isInside ? heard : this.quietest(piece);
    if (at - piece.start < LEAST || piece.end - at < LEAST) return;
    this.change(() => {
      this.pieces.splice(this.chosen + 1, 0, { start: at, end: piece.end, kept: piece.kept, skip: 0 });
      piece.end = at;
    });
  }

  /** Where in the middle half of a piece it is most silent. */
  quietest(piece) {
    const quarter = (piece.end - piece.start) / 4;
    let best = Math.round((piece.start + piece.end) / 2);
    let least = Infinity;
    for (let at = piece.start + quarter; at <= piece.end - quarter; at += this.step) {
      const level = this.levels[Math.floor(at / this.step)] ?? 255;
      if (level < least) [least, best] = [level, Math.round(at)];
    }
    return best;
  }

  // --- keeping -----------------------------------------------------------------------------
  isDirty() {
    return JSON.stringify(this.pieces) !== this.kept;
  }

  keepSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), KEEP_AFTER);
  }

  /** Keep the pieces; one request at a time, so that none overtakes another. */
  keep() {
    clearTimeout(this.timer);
    this.keeping = (this.keeping ?? Promise.resolve()).then(() => this.keepNow());
    return this.keeping;
  }

  async keepNow() {
    if (!this.isDirty()) return;
    const body = JSON.stringify(this.pieces);
    this.say(this.words.saving);
    try {
      const reply = await send(this.root.dataset.save, `{"version": ${this.version}, "pieces": ${body}}`, headersOf(this.form));
      [this.version, this.kept] = [reply.version, body];
      this.say(this.words.saved);
    } catch (error) {
      this.say((error instanceof Refused && error.message) || this.words.not_saved);
    }
  }

  async submit(event) {
    if (!this.isDirty()) return;
    event.preventDefault();
    await this.keep();
    if (!this.isDirty()) this.form.requestSubmit();
  }

  // --- what is seen and heard --------------------------------------------------------------
  say(text) {
    this.find("said").textContent = text;
  }

  list() {
    const places = placesOf(this.pieces, this.entries.length);
    this.chosen = Math.max(0, Math.min(this.chosen, this.pieces.length - 1));
    const hadFocus = this.find("pieces").contains(document.activeElement);
    this.find("pieces").replaceChildren(...this.pieces.map((piece, number) => this.row(piece, number, places[number])));
    if (hadFocus) this.rowOf(this.chosen)?.focus();
    const placed = places.filter((place) => place !== null).length;
    const kept = this.pieces.filter((piece) => piece.kept).length;
    this.find("summary").textContent = fill(this.words.summary, { pieces: kept, words: this.entries.length, placed });
    document.querySelector("[data-place]").textContent = fill(this.words.place, { count: placed });
    this.mark();
  }

  row(piece, number, place) {
    const part = (text, properties = {}) => Object.assign(document.createElement("span"), { textContent: text }, properties);
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.dataset.row = number;
    const word = part("");
    if (!piece.kept) word.append(this.words.dropped);
    else if (place === null) word.append(this.words.no_word);
    else {
      const { text, gloss } = this.entries[place];
      word.append(part(text, { lang: "rml" }), gloss ? ` – ${gloss}` : "");
      if (piece.skip < 0) word.append(` (${this.words.again})`);
      if (piece.skip > 0) word.append(` (${fill(this.words.left_out, { count: piece.skip })})`);
    }
    if (!piece.kept) button.classList.add("is-dropped");
    button.append(part(String(number + 1)), part(`${clock(piece.start)}–${clock(piece.end)}`, { className: "uploads-time" }), word);
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  rowOf(number) {
    return this.find("pieces").querySelector(`[data-row="${number}"]`);
  }

  choose(number) {
    if (!this.pieces.length) return this.draw();
    this.chosen = Math.max(0, Math.min(number, this.pieces.length - 1));
    const piece = this.pieces[this.chosen];
    if (piece.start < this.from || piece.end > this.from + this.span) {
      this.look((piece.start + piece.end - this.span) / 2);
    }
    return this.mark();
  }

  mark() {
    for (const row of this.find("pieces").querySelectorAll("[data-row]")) {
      row.setAttribute("aria-pressed", String(Number(row.dataset.row) === this.chosen));
    }
    const piece = this.pieces[this.chosen];
    this.find("chosen").textContent = piece ? fill(this.words.piece, { number: this.chosen + 1 }) : "";
    const drop = this.root.querySelector('[data-do="drop"]');
    drop.textContent = piece && !piece.kept ? this.words.keep : this.words.drop;
    this.draw();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const what = KEYS[event.key.toLowerCase()];
    if (!step && !what) return;
    event.preventDefault();
    if (!step) {
      this.act(what);
      return;
    }
    this.choose(this.chosen + step);
    this.rowOf(this.chosen)?.focus();
  }

  play() {
    const piece = this.pieces[this.chosen];
    this.until = piece.end / 1000;
    this.player.currentTime = piece.start / 1000;
    this.player.play().catch(() => {});
  }

  follow() {
    if (this.player.currentTime >= this.until) this.player.pause();
    this.draw();
  }

  look(from) {
    this.from = Math.max(0, Math.min(from, this.length - this.span));
    this.find("at").value = this.from;
    this.draw();
  }

  zoom(by) {
    const middle = this.from + this.span / 2;
    this.span = Math.max(2000, Math.min(this.span * by, Math.max(2000, this.length)));
    this.find("at").max = Math.max(1, this.length - this.span);
    this.look(middle - this.span / 2);
  }

  draw() {
    const canvas = this.find("wave");
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const sharp = window.devicePixelRatio || 1;
    [canvas.width, canvas.height] = [width * sharp, height * sharp];
    const pen = canvas.getContext("2d");
    pen.scale(sharp, sharp);
    const x = (ms) => ((ms - this.from) / this.span) * width;
    const ink = getComputedStyle(canvas).color;
    this.pieces.forEach((piece, number) => {
      if (piece.end < this.from || piece.start > this.from + this.span) return;
      pen.globalAlpha = number === this.chosen ? 0.28 : 0.1;
      pen.fillStyle = ink;
      if (piece.kept) pen.fillRect(x(piece.start), 0, x(piece.end) - x(piece.start), height);
      pen.globalAlpha = number === this.chosen ? 1 : 0.5;
      pen.fillRect(x(piece.start), 0, 2, height);
      pen.fillRect(x(piece.end) - 2, 0, 2, height);
      pen.fillText(String(number + 1), x(piece.start) + 5, 12);
    });
    pen.globalAlpha = 0.8;
    for (let column = 0; column < width; column += 1) {
      const first = Math.floor((this.from + (column / width) * this.span) / this.step);
      const last = Math.max(first + 1, Math.floor((this.from + ((column + 1) / width) * this.span) / this.step));
      let top = 0;
      for (let at = first; at < last; at += 1) top = Math.max(top, this.levels[at] ?? 0);
      const bar = Math.max(0, (top - 80) / 175) * height * 0.9;
      pen.fillRect(column, (height - bar) / 2, 1, bar);
    }
    if (!this.player.paused) {
      pen.globalAlpha = 1;
      pen.fillRect(x(this.player.currentTime * 1000), 0, 1, height);
    }
  }

  // --- the drawing by mouse and finger ------------------------------------------------------
  pointer(canvas) {
    const at = (event) => this.from + (event.offsetX / canvas.clientWidth) * this.span;
    canvas.addEventListener("pointerdown", (event) => {
      const near = (EDGE / canvas.clientWidth) * this.span;
      const ms = at(event);
      const number = this.pieces.findIndex((piece) => ms >= piece.start - near && ms <= piece.end + near);
      if (number < 0) return;
      this.choose(number);
      const side = ["start", "end"].find((one) => Math.abs(this.pieces[number][one] - ms) <= near);
      if (!side) return;
      this.drag = { number, side, before: JSON.stringify([this.pieces, this.chosen]) };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!this.drag) return;
      const { number, side } = this.drag;
      this.pieces[number][side] = this.limit(number, side, at(event));
      this.draw();
    });
    const end = () => {
      if (!this.drag) return;
      this.undone.push(this.drag.before);
      this.drag = null;
      this.list();
      this.keepSoon();
    };
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
  }
}

document.querySelectorAll("[data-cutter]").forEach((root) => new Cutter(root));
