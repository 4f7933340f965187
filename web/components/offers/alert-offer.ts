// Makes an offer heard and seen by whoever looks elsewhere, as they have chosen.
import { readWishes, ring } from '../../live/alerts.ts';

/** Answers what takes the notification away again. */
export function alertOffer(what: {
  id: string;
  title: string;
  text: string;
  onOpen(): void;
}): () => void {
  const wishes = readWishes();
  if (wishes.sound) ring();
  const isSeen = !document.hidden;
  if (!wishes.desktop || isSeen || Notification.permission !== 'granted') return () => {};
  const note = new Notification(what.title, {
    body: what.text,
    tag: `usher-offer-${what.id}`,
    requireInteraction: true,
  });
  note.onclick = () => {
    window.focus();
    what.onOpen();
    note.close();
  };
  return () => note.close();
}
