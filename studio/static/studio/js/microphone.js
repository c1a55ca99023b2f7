// The microphone during a session: opened once, so that no word loses its beginning while it warms up, and let go when
// the page is left or hidden. Raw sound: what a telephone call needs (echo, noise, loudness) spoils a recording.

import { collect } from "../../lessons/exercises/speak.js";

const WANTED = { audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 } };
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export class Microphone {
  #stream = null;
  #context = null;
  #analyser = null;
  #samples = null;

  /** Open it; rejects with the browser's reason. */
  async open() {
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") await this.#context.resume();
    if (this.#stream?.active) return;
    this.#stream = await navigator.mediaDevices.getUserMedia(WANTED);
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = 2048;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(this.#stream).connect(this.#analyser);
  }

  /** Record until `stop`; `done` brings the sound as a Blob. */
  record() {
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    return collect(this.#stream, { mimeType, audioBitsPerSecond: 128000 });
  }

  /** Return how high the sound stands now, from 0 to 1. */
  height() {
    if (!this.#stream?.active) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return this.#samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
  }

  /** Return the samples of a recorded sound and their rate; null if this browser cannot read what it wrote. */
  async read(bytes) {
    const sound = await this.#context.decodeAudioData(bytes.slice(0)).catch(() => null);
    return sound && { samples: sound.getChannelData(0), rate: sound.sampleRate };
  }

  /** Let go of it: its light must not stay on. */
  close() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
  }
}
