// Reads what GET /widget/config and POST /session answer; the page's own options go before the channel's.

import type { PresenceState } from '../../src/contract/presence.ts';
import type { BootOptions } from '../frame-messages.ts';
import { readReplies } from './read-message.ts';
import { asCount, asFields, asList, asText } from './read-value.ts';
import type { ChatConfig, PreChatField, Session } from './state.ts';

export function readConfig(value: unknown, options: BootOptions): ChatConfig {
  const config = asFields(value);
  const preChat = asFields(config.preChat);
  const offline = asFields(config.offline);
  return {
    channelId: asText(config.channelId),
    title: options.title ?? asText(config.title) ?? '',
    greeting: asText(config.greeting) ?? '',
    quickReplies: readReplies(config.quickReplies),
    colour: readColour(options.colour) ?? readColour(config.colour) ?? '#1d63ed',
    position: (options.position ?? config.position) === 'left' ? 'left' : 'right',
    theme: readTheme(options.theme ?? config.theme),
    showPoweredBy: options.showPoweredBy ?? config.showPoweredBy !== false,
    launcherText: options.launcherText ?? asText(config.launcherText) ?? '',
    preChat: {
      enabled: preChat.enabled === true,
      fields: asList(preChat.fields).flatMap((field) => readField(field) ?? []),
    },
    offline: { enabled: offline.enabled === true, text: asText(offline.text) ?? '' },
    requireIdentity: config.requireIdentity === true,
    transcript: config.transcript === 'email' ? 'email' : 'download',
    maxFileBytes: asCount(asFields(config.attachments).maxBytes) ?? 10_485_760,
    locale: asText(config.locale),
  };
}

/** null: unknown. */
export function readPresence(value: unknown): PresenceState | null {
  const { state } = asFields(value);
  return state === 'here' || state === 'busy' || state === 'away' ? state : null;
}

/** Six digits: it goes into styles. */
function readColour(value: unknown): string | null {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value) ? value : null;
}

function readTheme(value: unknown): ChatConfig['theme'] {
  return value === 'light' || value === 'dark' ? value : 'auto';
}

function readField(value: unknown): PreChatField | null {
  const field = asFields(value);
  const name = asText(field.name);
  if (name === null) return null;
  return { name, label: asText(field.label) ?? '', required: field.required === true };
}

/** null: not what we need to continue. Also reads what we stored ourselves. */
export function readSessionAnswer(
  value: unknown,
): (Session & { visitorKey: string | null }) | null {
  const answer = asFields(value);
  const mqtt = asFields(answer.mqtt);
  const [sessionId, sessionTopic, customerId] = [
    asText(answer.sessionId),
    asText(answer.sessionTopic),
    asText(answer.customerId),
  ];
  const [url, username, password] = [
    asText(mqtt.url),
    asText(mqtt.username),
    asText(mqtt.password),
  ];
  if (sessionId === null || sessionTopic === null || customerId === null) return null;
  if (url === null || username === null || password === null) return null;
  const [clientId, baseTopic] = [asText(mqtt.clientId) ?? '', asText(mqtt.baseTopic) ?? ''];
  return {
    sessionId,
    sessionTopic,
    customerId,
    requestId: asText(answer.requestId) ?? crypto.randomUUID(),
    keepAliveMs: asCount(answer.keepAliveTTL) ?? asCount(answer.keepAliveMs) ?? 600_000,
    mqtt: { url, clientId, username, password, baseTopic },
    requested: answer.requested === true,
    visitorKey: asText(answer.visitorKey),
  };
}
