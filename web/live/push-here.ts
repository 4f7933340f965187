// What the browser can do with pushes, and how it is asked to.
import { ask, client } from '../api/client.ts';
import { isPhone } from './is-phone.ts';

const WORKER = '/service-worker.js';

/** denied: the person, or the browser, has refused for good. unreachable: its push service gives no address. */
export type Hindrance = 'denied' | 'unreachable';

/** On an iPhone only once the office is on its home screen. */
export function canPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

export const findHindrance = (): Hindrance | null =>
  Notification.permission === 'denied' ? 'denied' : null;

/** The browser asks nobody any more. */
export const isGranted = (): boolean => Notification.permission === 'granted';

/** null: it is pushed to this browser from now on. */
export async function subscribeHere(wanted: {
  publicKey: string;
  language: string;
}): Promise<Hindrance | null> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  // It may be for another key: of an installation that was set up anew.
  await (await pushManager.getSubscription())?.unsubscribe();
  const applicationServerKey = wanted.publicKey;
  const made = await pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey })
    .catch((error: unknown) => {
      if (error instanceof DOMException) return null;
      throw error;
    });
  if (made === null) return 'unreachable';
  const { endpoint = '', keys = {} } = made.toJSON();
  const { p256dh = '', auth = '' } = keys;
  const body = { endpoint, keys: { p256dh, auth }, sleeps: isPhone(), language: wanted.language };
  await ask(client.PUT('/api/v1/session/push', { body }));
  return null;
}

export async function unsubscribeHere(): Promise<null> {
  await ask(client.DELETE('/api/v1/session/push'));
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
  return null;
}
