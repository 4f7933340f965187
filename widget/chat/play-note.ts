// A short sound for a new message, made on the spot: nothing to load.

let context: AudioContext | null = null;

export function playNote(): void {
  try {
    context ??= new AudioContext();
    const now = context.currentTime;
    for (const [index, pitch] of [660, 880].entries()) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      const start = now + index * 0.12;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.08, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.25);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + 0.3);
    }
  } catch {
    // Before the visitor has touched the page the browser stays silent.
  }
}
