// A browser as far as the doors can tell: it keeps cookies and names its origin.
import type { TestUsher } from './start-test-usher.ts';

export interface Answer<Body = Record<string, unknown>> {
  status: number;
  body: Body;
  text: string;
  headers: Headers;
}

export interface Browser {
  cookies: Map<string, string>;
  send<Body = Record<string, unknown>>(
    method: string,
    path: string,
    options?: { body?: unknown; origin?: string | null; headers?: Record<string, string> },
  ): Promise<Answer<Body>>;
}

export function openBrowser(usher: Pick<TestUsher, 'url'>): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async send(method, path, { body, origin = usher.url, headers = {} } = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(new URL(path, usher.url), {
        method,
        redirect: 'manual',
        headers: {
          ...(cookie === '' ? {} : { cookie }),
          ...(origin === null || method === 'GET' ? {} : { origin }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      for (const line of response.headers.getSetCookie()) keep(cookies, line);
      const text = await response.text();
      const isJson = /^application\/(problem\+)?json/.test(
        response.headers.get('content-type') ?? '',
      );
      return {
        status: response.status,
        body: isJson ? JSON.parse(text) : null,
        text,
        headers: response.headers,
      };
    },
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...rest] = line.split('; ');
  const [name = '', value = ''] = pair.split('=', 2);
  if (rest.includes('Max-Age=0')) cookies.delete(name);
  else cookies.set(name, value);
}

export const ADMIN = { email: 'admin@example.com', password: 'correct horse battery' };

/** For startTestUsher: there is an admin from the first moment. */
export const WITH_ADMIN = { USHER_ADMIN_EMAIL: ADMIN.email, USHER_ADMIN_PASSWORD: ADMIN.password };

export async function signInAs(
  usher: Pick<TestUsher, 'url'>,
  who: { email: string; password: string } = ADMIN,
): Promise<Browser> {
  const browser = openBrowser(usher);
  const answer = await browser.send('POST', '/api/v1/session', { body: who });
  if (answer.status !== 200) throw new Error(`${who.email} is not let in: ${answer.text}`);
  return browser;
}

/** Invites and lets choose a password; answers who it is, and the browser. */
export async function addPerson(
  usher: TestUsher,
  person: { name: string; email: string; role: 'admin' | 'supervisor' | 'agent' },
): Promise<{ browser: Browser; userId: string; agentId: string; password: string }> {
  const invited = await usher.call('POST', '/api/v1/users', { body: person });
  if (invited.status !== 201) throw new Error(`${person.email} is not invited: ${invited.text}`);
  const { user, inviteUrl } = invited.body as {
    user: { id: string; agentId: string };
    inviteUrl: string;
  };
  const browser = openBrowser(usher);
  const password = `password of ${person.name}`;
  const code = inviteUrl.split('/').at(-1);
  const accepted = await browser.send('POST', `/api/v1/invites/${code}`, { body: { password } });
  if (accepted.status !== 200) throw new Error(`The invitation is not taken: ${accepted.text}`);
  return { browser, userId: user.id, agentId: user.agentId, password };
}
