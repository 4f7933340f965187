// Somebody who would send transcripts by mail: an endpoint that is bound to the wish for one.
import type { TestUsher } from './start-test-usher.ts';

/** For startTestUsher. */
export const WITH_LOCAL_ENDPOINTS = { USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8' };

/** Nobody listens there; what is sent is tried again later. */
export async function sendTranscripts({ call }: Pick<TestUsher, 'call'>): Promise<void> {
  const body = {
    url: 'http://127.0.0.1:64999/mailer',
    secret: 'a-secret-of-the-test',
    events: ['conversation.transcript-requested'],
  };
  const { status, text } = await call('POST', '/api/v1/endpoints', { body });
  if (status !== 201) throw new Error(`The endpoint was not made: ${text}`);
}
