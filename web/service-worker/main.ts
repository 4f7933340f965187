// Runs in the browser while no page does: shows what is pushed, says that it came, and opens the conversation. It keeps no copy of the office.
import { directionOf } from '../../src/contract/direction.ts';
import type { PushContent } from '../../src/contract/push-kinds.ts';
import { addressOf } from './address-of.ts';
import { wordPush } from './word-push.ts';

declare const self: ServiceWorkerGlobalScope;

const OURS = '/api/v1/session/push';

// The newest at once: it has nothing to hand over.
self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  const content = event.data?.json() as PushContent | undefined;
  if (content === undefined) return;
  event.waitUntil(Promise.all([show(content), acknowledge(content.token)]));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data)));
});

self.addEventListener('pushsubscriptionchange', (event) => {
  (event as ExtendableEvent).waitUntil(subscribeAnew(event as PushSubscriptionChangeEvent));
});

function show(content: PushContent): Promise<void> {
  const { title, body } = wordPush(content);
  // The newest of a conversation stands for it.
  return self.registration.showNotification(title, {
    ...{ body, tag: content.conversationId, icon: '/icon-192.png', badge: '/icon-192.png' },
    ...{ lang: content.language, dir: directionOf(content.language) },
    ...{ data: addressOf(content), renotify: true },
  } as NotificationOptions);
}

/** A phone that sleeps counts on by this. Without a connection, or signed out, it does not. */
async function acknowledge(token: string): Promise<void> {
  await send('POST', `${OURS}/acknowledgement`, { token }).catch(() => {});
}

/** In a tab that is there, without loading it anew: what is being written stays. */
async function open(address: string): Promise<void> {
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const [tab] = tabs.filter(({ url }) => !new URL(url).pathname.startsWith('/widget'));
  if (tab === undefined) return void (await self.clients.openWindow(address));
  await tab.focus();
  tab.postMessage({ open: address });
}

interface PushSubscriptionChangeEvent extends ExtendableEvent {
  oldSubscription?: PushSubscription | null;
}

/** The push service has replaced the subscription. */
async function subscribeAnew({ oldSubscription }: PushSubscriptionChangeEvent): Promise<void> {
  const state = await fetch(OURS).then((answer) => answer.json() as Promise<{ publicKey: string }>);
  const options = { userVisibleOnly: true, applicationServerKey: state.publicKey };
  const made = await self.registration.pushManager.subscribe(
    oldSubscription?.options ? { ...oldSubscription.options, ...options } : options,
  );
  const { endpoint, keys } = made.toJSON();
  const sleeps = /Android|iPhone|iPad|Mobile/.test(navigator.userAgent);
  const language = /^[a-z]{2}(-[A-Z]{2})?$/.exec(navigator.language)?.[0] ?? 'en';
  await send('PUT', OURS, { endpoint, keys, sleeps, language });
}

function send(method: string, address: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(address, { method, headers, body: JSON.stringify(body) });
}
