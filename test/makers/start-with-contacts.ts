// An Usher with an API channel, and contacts who have written there.
import { startWithProgram } from './start-with-program.ts';

interface Listed {
  id: string;
  displayName: string;
  externalId: string;
  blockedAt: string | null;
}

export type ContactsWorld = Awaited<ReturnType<typeof startWithContacts>>;

export async function startWithContacts(environment: Record<string, string> = {}) {
  const world = await startWithProgram(environment);
  const { call } = world.usher;
  const list = async (query = '', token?: string) => {
    const { body } = await call('GET', `/api/v1/contacts?${query}`, {
      ...(token !== undefined && { token }),
    });
    return (body as { items: Listed[] }).items;
  };
  /** The contact's id. */
  const put = async (externalId: string, known: object = {}) => {
    const { body } = await call('PUT', world.at(`contacts/${externalId}`), {
      ...{ body: known, token: world.token },
    });
    return (body as { id: string }).id;
  };
  const of = (id: string, end = '') => `/api/v1/contacts/${id}${end}`;
  const get = async <Shape = Record<string, unknown>>(id: string, end = '') =>
    (await call('GET', of(id, end))).body as Shape;
  const act = (id: string, end: string, body?: object) =>
    call('POST', of(id, `/${end}`), { ...(body !== undefined && { body }) });
  return {
    ...world,
    call,
    list,
    names: async (query = '') => (await list(query)).map(({ displayName }) => displayName),
    put,
    get,
    actOn: act,
    /** Whoever has it ends it, or an admin does. */
    close: (conversationId: string, body: object = {}) =>
      call('POST', `/api/v1/conversations/${conversationId}/close`, { body }),
  };
}
