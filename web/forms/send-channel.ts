// How the forms of a channel send their part, and what they leave out.
import { ask, client } from '../api/client.ts';

/** A part of a channel; what is absent stays. The server's own union of kinds is looser than ours. */
export function sendChannel(
  id: string,
  body: {
    name?: string;
    teamId?: string | null;
    weight?: number;
    config?: Record<string, unknown>;
    secrets?: Record<string, string | null>;
  },
) {
  const { secrets = {}, ...rest } = body;
  const set = Object.entries(secrets).filter(([, value]) => value !== null);
  const whole = set.length === 0 ? rest : { ...rest, secrets: Object.fromEntries(set) };
  const params = { path: { id } };
  return ask(client.PATCH('/api/v1/channels/{id}', { params, body: whole as never }));
}

/** As the server holds a Qiscus channel's, which is sent whole: what is absent goes. */
export const readText = (config: Record<string, unknown>, name: string): string =>
  typeof config[name] === 'string' ? config[name] : '';
