// Initial state and events are the fresh state: what the back office knows after any changes and any losses of its line is what a fresh load shows.
import { InfiniteQueryObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import fc from 'fast-check';
import { setGlobalOrigin } from 'undici';
import { expect, onTestFinished, test, vi } from 'vitest';
import { toFilter } from '../../web/components/inbox/inbox-filter.ts';
import { inboxViews } from '../../web/paths.ts';
import { addPerson, type Browser } from '../makers/browse.ts';
import { makePlace } from '../makers/make-place.ts';
import { startTcpProxy, type TcpProxy } from '../makers/start-tcp-proxy.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

const long = process.env.USHER_LONG_TESTS === '1';

/** Which conversation is meant: any of those there are. */
const place = fc.nat({ max: 50 });
const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('open' as const), place }) },
  {
    weight: 12,
    arbitrary: fc.record({
      what: fc.constantFrom(
        ...(['assign', 'give', 'message', 'answer', 'note', 'tag', 'priority'] as const),
        ...(['transfer', 'requeue', 'close', 'reopen'] as const),
      ),
      place,
    }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('write' as const), place }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('lose' as const), place }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('regain' as const), place }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('rest' as const), place }) },
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

test('after any changes and losses of the line, what is known is what a fresh load would show', {
  timeout: 300_000,
}, async () => {
  const office = await openOffice();
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 12, maxLength: 30, size: 'max' }),
      async (changes) => {
        const before = await office.open();
        const screen = await office.look(before);
        try {
          for (const one of changes) await office.act(one);
          await office.regain();
          let fresh: unknown;
          await eventually(
            async () => {
              fresh = await office.loadFresh(before);
              return JSON.stringify(screen.state()) === JSON.stringify(fresh);
            },
            (same) => same,
            15_000,
          ).catch(() => expect(screen.state()).toEqual(fresh));
        } finally {
          screen.close();
          await office.clear();
        }
      },
    ),
    {
      numRuns: long ? 60 : 8,
      endOnFailure: true,
      interruptAfterTimeLimit: long ? 240_000 : 90_000,
    },
  );
  expect(office.done.get('regain after loss')).toBeGreaterThan(0);
  expect(office.done.get('close')).toBeGreaterThan(0);
  expect(office.done.get('write')).toBeGreaterThan(0);
});

async function openOffice() {
  const usher = await startTestUsher();
  const { channelId, open, say } = await makePlace(usher);
  const { browser, agentId } = await addPerson(usher, {
    name: 'Ana',
    email: 'ana@example.com',
    role: 'supervisor',
  });
  const other = (await usher.call('POST', '/api/v1/agents', { body: { name: 'Budi' } })).body as {
    id: string;
  };
  const teams: string[] = [];
  for (const name of ['Sales', 'Support']) {
    teams.push(
      ((await usher.call('POST', '/api/v1/teams', { body: { name } })).body as { id: string }).id,
    );
  }
  await usher.call('PATCH', `/api/v1/agents/${agentId}`, {
    body: { teamIds: teams.slice(0, 1), capacity: 1000 },
  });
  const url = new URL(usher.url);
  const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  const net = putPageOn(usher, browser, proxy);
  // Only now, because the client of the API takes the page's fetch when it is loaded.
  const { openLive } = await import('../../web/live/open-live.ts');
  const { ask, client } = await import('../../web/api/client.ts');
  const { keepSaid } = await import('../../web/live/messages-cache.ts');
  let onScreen: QueryClient | null = null;
  const ids: string[] = [];
  const done = new Map<string, number>();
  let heardOf = 0;
  const count = (what: string) => done.set(what, (done.get(what) ?? 0) + 1);

  const patch = async (id: string, body: object) => {
    await usher.call('PATCH', `/api/v1/conversations/${id}`, { body });
  };
  const post = async (id: string, verb: string, body: object = {}) => {
    const answer = await usher.call('POST', `/api/v1/conversations/${id}/${verb}`, { body });
    if (answer.status >= 500) throw new Error(answer.text);
  };
  const verbs: Record<Change['what'], (id: string, at: number) => Promise<unknown>> = {
    open: async () => ids.push(await openOne()),
    lose: () => net.lose(),
    regain: () => regain(),
    rest: (_, at) => new Promise((rest) => setTimeout(rest, 20 * at)),
    assign: (id) => post(id, 'assign', { agentId, force: true }),
    give: (id) => post(id, 'assign', { agentId: other.id, force: true }),
    message: (id) => heard(id),
    answer: (id, at) => post(id, 'messages', { text: `answer ${at}` }),
    write: () => write(ids[0] as string),
    note: (id, at) => post(id, 'notes', { text: `note ${at}` }),
    transfer: (id, at) => post(id, 'transfer', { teamId: teams[at % 2] }),
    tag: (id, at) => patch(id, { tags: [`tag ${at % 3}`] }),
    priority: (id, at) => patch(id, { priority: at % 2 ? 'high' : 'low' }),
    requeue: (id) => post(id, 'requeue'),
    close: (id) => post(id, 'close'),
    reopen: (id) => post(id, 'reopen'),
  };
  /** As people do; what is refused changes nothing, and is no fault here. */
  const act = async ({ what, place: at }: Change): Promise<void> => {
    const id = ids[at % ids.length];
    if (id === undefined) throw new Error('Nothing has been opened yet.');
    count(what);
    await verbs[what](id, at);
  };
  const openOne = async (): Promise<string> => {
    const id = await open();
    // The maker writes past the verbs that tell: a change that does tell follows.
    await usher.call('PATCH', `/api/v1/conversations/${id}`, { body: { tags: ['new'] } });
    return id;
  };
  const heard = async (id: string): Promise<void> => {
    await say(id, 'a customer’s words');
    heardOf += 1;
    await patch(id, { tags: [`heard ${heardOf}`] });
  };
  /** On the page itself, in the conversation that is shown: the answer may come before all news. */
  const write = async (id: string): Promise<void> => {
    const written = { params: { path: { id } }, body: { text: 'written here' } };
    const said = await ask(client.POST('/api/v1/conversations/{id}/messages', written)).catch(
      () => null,
    );
    if (said !== null && onScreen !== null) await keepSaid(onScreen, id, said);
  };
  const regain = async (): Promise<void> => {
    if (await net.regain()) count('regain after loss');
  };
  return {
    act,
    done,
    regain,
    open: async () => {
      const id = await openOne();
      ids.push(id);
      return id;
    },
    /** Like a page on which all lists and one conversation are shown. */
    look: async (id: string) => {
      const queries = makeQueries();
      onScreen = queries;
      const stops = (await shown(id)).map((watch) => watch(queries));
      const states: string[] = [];
      const live = openLive({
        queries,
        agentId,
        me: () => ({ agentId, teamIds: teams.slice(0, 1) }),
        isOnline: () => false,
        tellWithoutLine: () => {},
        onState: (state) => states.push(state),
        onTyping: () => {},
        onBlocked: () => {},
        onConversation: () => {},
      });
      await eventually(
        () => states.at(-1) === 'live' && queries.isFetching() === 0,
        (ready) => ready,
      );
      return {
        state: () => describe(queries, id),
        close: () => {
          live.close();
          for (const stop of stops) stop();
          queries.clear();
        },
      };
    },
    loadFresh: async (id: string) => {
      const queries = makeQueries();
      const stops = (await shown(id)).map((watch) => watch(queries));
      await eventually(
        () => queries.isFetching() === 0,
        (ready) => ready,
      );
      const state = describe(queries, id);
      for (const stop of stops) stop();
      queries.clear();
      return state;
    },
    clear: async () => {
      ids.length = 0;
      await usher.database.pool.query('delete from conversation where channel_id = $1', [
        channelId,
      ]);
      await usher.database.pool.query('update agent set load = 0');
    },
  };
}

function makeQueries(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: false } } });
}

/** What is on the screen: every list, the counts, and one conversation with all that stands in it. */
async function shown(id: string): Promise<((queries: QueryClient) => () => void)[]> {
  const { conversationQuery, conversationsQuery, countsQuery, decisionsQuery, eventsQuery } =
    await import('../../web/api/queries.ts');
  const { messagesQuery } = await import('../../web/live/messages-cache.ts');
  const single = [
    countsQuery,
    conversationQuery(id),
    decisionsQuery(id),
    eventsQuery(id),
    messagesQuery(id, 0),
  ];
  return [
    ...single.map(
      (query) => (queries: QueryClient) =>
        new QueryObserver(queries, query as never).subscribe(() => {}),
    ),
    ...inboxViews.map(
      (view) => (queries: QueryClient) =>
        new InfiniteQueryObserver(queries, conversationsQuery(toFilter(view, {}))).subscribe(
          () => {},
        ),
    ),
  ];
}

/** Places in the queue are not shown in lists; the estimate and the wait go by the clock. */
function describe(queries: QueryClient, id: string): unknown {
  const row = ({ position: _, estimatedWait: __, ...rest }: Record<string, unknown>) => rest;
  const lists = Object.fromEntries(
    inboxViews.map((view) => {
      const data = queries.getQueryData<{ pages: { items: Record<string, unknown>[] }[] }>([
        'conversations',
        toFilter(view, {}),
      ]);
      return [view, data?.pages.flatMap(({ items }) => items.map(row))];
    }),
  );
  const { estimatedWait: _, ...conversation } =
    queries.getQueryData<Record<string, unknown>>(['conversation', id]) ?? {};
  const said = ['messages', 'events'].map((name) => queries.getQueryData([name, id]));
  // How long it has waited is written out, in words and in seconds.
  const why = JSON.stringify(queries.getQueryData(['decisions', id]));
  return {
    lists,
    counts: queries.getQueryData(['counts']),
    conversation,
    said,
    why: why
      ?.replace(/waited for .*? and stands/, 'waited and stands')
      .replace(/("code":"waits",)"seconds":\d+/, '$1"seconds":0'),
  };
}

/** Gives the code of the page what a page has: an address, a cookie, a window; and a line that can be cut. */
function putPageOn(usher: TestUsher, browser: Browser, proxy: TcpProxy) {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const direct = globalThis.fetch;
  let lost = false;
  const wakers = new Set<() => void>();
  setGlobalOrigin(usher.url);
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
  vi.stubGlobal('window', {
    addEventListener: (_: string, waker: () => void) => wakers.add(waker),
    removeEventListener: (_: string, waker: () => void) => wakers.delete(waker),
  });
  vi.stubGlobal('fetch', async (request: Request | URL, options?: RequestInit) => {
    // The test's own calls go another way.
    if (!(request instanceof Request)) return direct(request, options);
    if (lost) throw new TypeError('There is no network.');
    const headers = { ...Object.fromEntries(request.headers), cookie };
    const text = await request.text();
    const body = text === '' ? {} : { body: text };
    const answer = await direct(request.url, { method: request.method, headers, ...body });
    // An answer that is on its way when the line is cut never comes.
    if (lost) throw new TypeError('There is no network.');
    if (!request.url.endsWith('/session/mqtt')) return answer;
    const credentials = (await answer.json()) as { url: string };
    const url = new URL(credentials.url);
    url.port = String(proxy.port);
    return Response.json({ ...credentials, url: url.href });
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
    setGlobalOrigin(undefined);
  });
  return {
    lose: async () => {
      if (lost) return;
      lost = true;
      await proxy.goDown();
    },
    regain: async () => {
      if (!lost) return false;
      await proxy.comeBack();
      lost = false;
      for (const waker of wakers) waker();
      return true;
    },
  };
}
