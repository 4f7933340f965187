// Alerts a person who looks elsewhere: a sound, a notification, a number in the title.

export interface AlertWishes {
  sound: boolean;
  desktop: boolean;
}
const KEY = 'usher.alerts';

export function readWishes(): AlertWishes {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<AlertWishes>;
    return { sound: kept.sound ?? true, desktop: kept.desktop ?? false };
  } catch {
    return { sound: true, desktop: false };
  }
}

export async function keepWishes(wishes: AlertWishes): Promise<AlertWishes> {
  const granted =
    wishes.desktop && 'Notification' in window
      ? (await Notification.requestPermission()) === 'granted'
      : false;
  const kept = { ...wishes, desktop: wishes.desktop && granted };
  localStorage.setItem(KEY, JSON.stringify(kept));
  return kept;
}

let audio: AudioContext | null = null;

/** Two soft notes, made here: no file to load. */
export function ring(): void {
  audio ??= new AudioContext();
  if (audio.state !== 'running') void audio.resume();
  const start = audio.currentTime;
  for (const [at, pitch] of [
    [0, 660],
    [0.12, 880],
  ] as const) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, start + at);
    volume.gain.exponentialRampToValueAtTime(0.08, start + at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + at + 0.28);
    tone.connect(volume).connect(audio.destination);
    tone.start(start + at);
    tone.stop(start + at + 0.3);
  }
}

export function alertOf(what: { title: string; text: string; onOpen(): void }): void {
  const wishes = readWishes();
  if (wishes.sound) ring();
  if (!wishes.desktop || !document.hidden || Notification.permission !== 'granted') return;
  const note = new Notification(what.title, { body: what.text, tag: 'usher' });
  note.onclick = () => {
    window.focus();
    what.onOpen();
    note.close();
  };
}

export function titleWith(
  name: string,
  { unread, offered }: { unread: number; offered: number },
): string {
  const count = (number: number) => (number > 99 ? '99+' : number);
  const news = unread > 0 ? `(${count(unread)}) ` : '';
  return `${offered > 0 ? `\u{1F514} ${count(offered)} ` : ''}${news}${name}`;
}
