// Keeps every request, and counts how often each id has come.
import type { IncomingMessage } from 'node:http';
import { type Behaviour, WELL } from './behaviour.ts';
import { TRAP_PATH } from './create-door.ts';
import type { ReceivedRequest } from './received-request.ts';

/** `choose` decides about each request as soon as it is kept. */
export function makeMemory(choose: (request: ReceivedRequest) => Behaviour) {
  const requests: ReceivedRequest[] = [];
  const redirected: ReceivedRequest[] = [];
  const times = new Map<string, number>();

  const take = (message: IncomingMessage, at: number, body: Buffer): Behaviour => {
    const { method = '', url: path = '', headers, rawHeaders } = message;
    const id = typeof headers['webhook-id'] === 'string' ? headers['webhook-id'] : '';
    const trapped = path === TRAP_PATH;
    const time = (times.get(id) ?? 0) + (trapped ? 0 : 1);
    times.set(id, time);
    const behaviour = trapped ? WELL : null;
    const request = { at, method, path, headers, rawHeaders, body, id, time, behaviour };
    (trapped ? redirected : requests).push(request);
    return behaviour ?? choose(request);
  };

  return {
    requests,
    redirected,
    take,
    forget() {
      requests.length = 0;
      redirected.length = 0;
      times.clear();
    },
  };
}
