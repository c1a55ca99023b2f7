// Whether a take can be used, as far as a device can tell: pure, numbers in and a word out.

export const LONGEST = 30; // seconds
const SHORTEST = 0.2;
const FRAME = 0.02; // seconds that are looked at together
const SILENT = -50; // decibels below the loudest possible, of the louder moments
const QUIET = -34;
const FULL = 0.98; // of the greatest height: where a microphone cuts
const MOST_FULL = 0.001; // of all samples: a loud vowel touches the edge, a cut one lies on it

/** What the take is like: its length, how loud its louder moments are, and which part of it lies at the edge. */
export function measure(samples, rate) {
  const size = Math.max(1, Math.round(rate * FRAME));
  const frames = [];
  let full = 0;
  for (let start = 0; start < samples.length; start += size) {
    const end = Math.min(start + size, samples.length);
    let sum = 0;
    for (let place = start; place < end; place += 1) {
      const height = Math.abs(samples[place]);
      sum += height * height;
      if (height >= FULL) full += 1;
    }
    frames.push(Math.sqrt(sum / (end - start)));
  }
  frames.sort((one, other) => one - other);
  // Not the very loudest: a click is not a voice.
  const loud = frames[Math.floor((frames.length - 1) * 0.9)] ?? 0;
  return {
    seconds: samples.length / rate,
    decibels: loud > 0 ? 20 * Math.log10(loud) : -Infinity,
    full: samples.length ? full / samples.length : 0,
  };
}

/** Return "good", or the first thing that is wrong: "long", "short", "silent", "clipped", "quiet". */
export function judge({ seconds, decibels, full }) {
  if (seconds > LONGEST) return "long";
  if (seconds < SHORTEST) return "short";
  if (decibels < SILENT) return "silent";
  if (full > MOST_FULL) return "clipped";
  if (decibels < QUIET) return "quiet";
  return "good";
}

/** Say whether a take may be kept although something is wrong with it. */
export const mayBeKept = (verdict) => ["quiet", "clipped"].includes(verdict);
