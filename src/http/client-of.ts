// Names the browser of a request, for the list of sessions.
import type { FastifyRequest } from 'fastify';
import type { Client } from '../desk/login-session.ts';

export function clientOf({ ip, headers }: FastifyRequest): Client {
  return { address: ip, userAgent: headers['user-agent'] ?? null };
}
