// The sounds of a new message, made on the spot: nothing to load.
import type { Sound } from './state.ts';

interface Tone {
  hertz: number;
  /** In seconds. */
  from: number;
  lasts: number;
  shape: OscillatorType;
}

const tones: Record<Sound, readonly Tone[]> = {
  off: [],
  chime: [
    { hertz: 660, from: 0, lasts: 0.25, shape: 'sine' },
    { hertz: 880, from: 0.12, lasts: 0.25, shape: 'sine' },
  ],
  bell: [
    { hertz: 1046, from: 0, lasts: 0.9, shape: 'sine' },
    { hertz: 2637, from: 0, lasts: 0.4, shape: 'sine' },
  ],
  knock: [
    { hertz: 180, from: 0, lasts: 0.07, shape: 'triangle' },
    { hertz: 180, from: 0.16, lasts: 0.07, shape: 'triangle' },
  ],
};
const LOUDNESS = 0.08;

let context: AudioContext | null = null;

/** Silent where the browser allows no sound before the visitor has touched the page; nothing is made up for later. */
export async function playSound(sound: Sound): Promise<void> {
  if (tones[sound].length === 0) return;
  try {
    context ??= new AudioContext();
    if (context.state !== 'running') {
      const askedAt = performance.now();
      await context.resume();
      if (performance.now() - askedAt > 500) return;
    }
    for (const tone of tones[sound]) play(context, tone);
  } catch {
    // There is no sound here.
  }
}

function play(audio: AudioContext, { hertz, from, lasts, shape }: Tone): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  const start = audio.currentTime + from;
  tone.type = shape;
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0.0001, start);
  volume.gain.exponentialRampToValueAtTime(LOUDNESS, start + Math.min(0.02, lasts / 4));
  volume.gain.exponentialRampToValueAtTime(0.0001, start + lasts);
  tone.connect(volume).connect(audio.destination);
  tone.start(start);
  tone.stop(start + lasts + 0.05);
}
