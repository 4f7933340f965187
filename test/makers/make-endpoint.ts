// An endpoint as an admin would make it, on a desk.
import { createEndpoint } from '../../src/desk/change-endpoint.ts';
import type { TestDesk } from './make-desk.ts';

/** Answers its id. */
export function makeEndpoint(
  { desk, workspaceId }: Pick<TestDesk, 'desk' | 'workspaceId'>,
  fields: Partial<Parameters<typeof createEndpoint>[2]> = {},
): Promise<string> {
  const url = 'https://example.com/hook';
  const events = ['session_state_open'];
  return createEndpoint(desk, { workspaceId, actor: 'test' }, { url, events, ...fields });
}
