// Which channel this frame is for, and whose pages may show it.
import { asFields, asList } from './read-value.ts';
import type { Answer } from './rest.ts';

/**
 * From the frame's own address, by which the server has told the browser who may show it: a channel
 * that the page names later would bypass that. undefined: the first one.
 */
export function readOwnChannel(search: string): string | undefined {
  const named = new URLSearchParams(search).getAll('channelId');
  // Named twice it counts as none, as for the server.
  return named.length > 1 ? '' : named[0];
}

/** Without the configuration there is no chat to show. `own`: our origin, on whose pages an admin tries the chat. */
export function isWelcome(
  config: Answer,
  { origin, own }: { origin: string; own: string },
): boolean {
  if (!config.ok) return config.status !== 404;
  const allowed = asList(asFields(config.value).allowedOrigins);
  return allowed.length === 0 || allowed.includes(origin) || origin === own;
}
