// The learner's player for recordings that are longer than a word: <sound-player> around an <audio controls>.
//
//   <sound-player data-peaks="1 50 100" data-seconds="12.5" data-title="…" data-artist="…" data-of="{now} of {whole}">
//     <audio controls preload="none">…</audio>
//     <template> the controls, with their words </template>
//
// Without this script the browser's own player stands there. With it: the waveform is a slider for finger, mouse and
// keys; speed (never the pitch), repeating, and the keys of a phone's lock screen.

import { say, text } from "../cms/js/api.js";
import { choose, listening } from "../cms/js/hear.js";

const SVG = "http://www.w3.org/2000/svg";
const STEPS = 20;
const LEAST = 0.5; // seconds of the smallest step
const JUMP = 5;
const BARS = 60; // of a recording whose waveform is not known: a dotted line
const FLAT = 12;

// A sought place may lie a hair before the one that was asked for: a tenth of a second more is no lie.
const clock = (seconds) => {
  const whole = Math.floor(seconds + 0.1);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};

class SoundPlayer extends HTMLElement {
  connectedCallback() {
    if (this.audio) return;
    this.audio = this.querySelector("audio");
    this.append(this.querySelector("template").content.cloneNode(true));
    this.audio.controls = false;
    this.audio.preservesPitch = true;
    this.slider = this.querySelector("[role=slider]");
    this.button = this.querySelector("[data-act=play]");
    this.loop = this.querySelector("[data-act=loop]");
    this.speed = this.querySelector("select");
    this.draw();
    this.listen();
    this.follow();
    this.show();
  }

  get whole() {
    return Number.isFinite(this.audio.duration) ? this.audio.duration : Number(this.dataset.seconds) || 0;
  }

  draw() {
    const known = this.dataset.peaks;
    const peaks = known ? known.split(" ").map(Number) : Array(BARS).fill(FLAT);
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${peaks.length} 100`);
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    const line = peaks.map((peak, place) => {
      const half = Math.max(peak, 4) / 2;
      return `M${place + 0.5} ${50 - half}V${50 + half}`;
    }).join("");
    const [rest, done] = ["rest", "done"].map((name) => {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("class", name);
      path.setAttribute("d", line);
      return path;
    });
    const clip = document.createElementNS(SVG, "clipPath");
    clip.id = `heard-${Math.random().toString(36).slice(2)}`;
    this.heard = document.createElementNS(SVG, "rect");
    for (const [name, value] of [["height", 100], ["width", 0]]) this.heard.setAttribute(name, value);
    clip.append(this.heard);
    done.setAttribute("clip-path", `url(#${clip.id})`);
    svg.append(clip, rest, done);
    this.slider.append(svg);
    this.width = peaks.length;
  }

  listen() {
    const { audio } = this;
    for (const kind of ["play", "pause", "ended", "timeupdate", "durationchange", "seeked"]) audio.addEventListener(kind, () => this.show());
    audio.addEventListener("play", () => this.announce());
    // That no source can be had is told by the last of them alone, and a broken line by the player itself.
    audio.querySelector("source:last-of-type")?.addEventListener("error", () => this.fail());
    audio.addEventListener("error", () => this.fail());
    this.button.addEventListener("click", () => this.toggle());
    this.loop.addEventListener("click", () => {
      audio.loop = !audio.loop;
      this.loop.setAttribute("aria-pressed", String(audio.loop));
    });
    this.speed.addEventListener("change", () => { choose({ speed: Number(this.speed.value) }).catch(() => {}); });
    document.addEventListener("listening", () => this.follow());
    // One sound at a time, whoever plays it.
    document.addEventListener("play", ({ target }) => { if (target !== audio) audio.pause(); }, true);
    this.slider.addEventListener("keydown", (event) => this.key(event));
    this.slider.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      this.slider.setPointerCapture(event.pointerId);
      this.point(event);
    });
    this.slider.addEventListener("pointermove", (event) => { if (this.slider.hasPointerCapture(event.pointerId)) this.point(event); });
  }

  async toggle() {
    if (!this.audio.paused) return this.audio.pause();
    // After a failure the sources are tried anew.
    if (this.audio.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) this.audio.load();
    try {
      await this.audio.play();
    } catch (error) {
      if (error.name !== "AbortError") this.fail();
    }
  }

  fail() {
    this.audio.pause();
    say(`${text("soundFailed")} ${text("soundFailedHint")}`);
  }

  /** Go to a place; before anything has been fetched, as soon as that place is known. */
  seek(seconds) {
    const to = Math.min(Math.max(seconds, 0), this.whole);
    if (this.wanted !== undefined) {
      // Still to be gone to, even if the sound has just become known: what is told of that comes a moment after.
      this.wanted = to;
    } else if (this.audio.readyState) {
      this.audio.currentTime = to;
    } else {
      this.wanted = to;
      this.audio.addEventListener("loadedmetadata", () => {
        this.audio.currentTime = this.wanted;
        this.wanted = undefined;
      }, { once: true });
      this.audio.preload = "metadata";
      this.audio.load();
    }
    this.show();
  }

  get now() {
    return this.wanted ?? this.audio.currentTime;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = Math.max(this.whole / STEPS, LEAST);
    const to = {
      ArrowRight: this.now + step, ArrowUp: this.now + step, ArrowLeft: this.now - step, ArrowDown: this.now - step,
      PageUp: this.now + 4 * step, PageDown: this.now - 4 * step, Home: 0, End: this.whole,
    }[event.key];
    if (event.key === " " || event.key === "Enter") this.toggle();
    else if (to === undefined) return;
    else this.seek(to);
    event.preventDefault();
  }

  point(event) {
    const { left, width } = this.slider.getBoundingClientRect();
    this.seek(((event.clientX - left) / width) * this.whole);
  }

  follow() {
    this.audio.playbackRate = this.audio.defaultPlaybackRate = listening.speed / 100;
    this.speed.value = String(listening.speed);
  }

  show() {
    const { now, whole, audio } = this;
    this.button.setAttribute("aria-pressed", String(!audio.paused));
    this.button.querySelector("use")?.setAttribute("href", audio.paused ? "#i-play" : "#i-pause");
    this.heard.setAttribute("width", whole ? (this.width * now) / whole : 0);
    this.slider.setAttribute("aria-valuemax", whole.toFixed(1));
    this.slider.setAttribute("aria-valuenow", now.toFixed(1));
    const said = this.dataset.of.replace("{now}", clock(now)).replace("{whole}", clock(Math.round(whole)));
    this.slider.setAttribute("aria-valuetext", said);
    this.querySelector("[data-time]").textContent = `${clock(now)} / ${clock(Math.round(whole))}`;
  }

  announce() {
    const session = navigator.mediaSession;
    if (!session) return;
    const { title, artist } = this.dataset;
    session.metadata = new MediaMetadata({ title, artist, album: document.title });
    const handlers = {
      play: () => this.audio.play(),
      pause: () => this.audio.pause(),
      seekbackward: ({ seekOffset }) => this.seek(this.now - (seekOffset ?? JUMP)),
      seekforward: ({ seekOffset }) => this.seek(this.now + (seekOffset ?? JUMP)),
      seekto: ({ seekTime }) => this.seek(seekTime),
    };
    for (const [action, handler] of Object.entries(handlers)) {
      try {
        session.setActionHandler(action, handler);
      } catch { /* an older browser does not know this one */ }
    }
  }
}

customElements.define("sound-player", SoundPlayer);
