// Asks the API as somebody: by the cookie of a session, as a person's browser does.
import { askPatiently } from '../ask-patiently.ts';

export type Call = <T = unknown>(method: string, path: string, body?: object) => Promise<T>;

export class Unanswered extends Error {
  readonly status: number;
  constructor(said: string, status: number) {
    super(said);
    this.status = status;
  }
}

export const callAs = (url: string, cookie: string): Call => callBy(url, { cookie, origin: url });

/** By a token, as a program does. */
export const callWith = (url: string, authorization: string): Call =>
  callBy(url, { authorization });

function callBy(url: string, identity: Record<string, string>): Call {
  return async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await askPatiently(new URL(path, url), {
      method,
      headers: {
        ...identity,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Unanswered(`${method} ${path}: ${response.status} ${text}`, response.status);
    }
    return (text === '' ? null : JSON.parse(text)) as T;
  };
}

/** Answers the cookie of a new session. */
export async function signIn(
  url: string,
  who: { email: string; password: string },
  userAgent?: string,
): Promise<string> {
  return readCookie(await post(new URL('/api/v1/session', url), who, { origin: url, userAgent }));
}

/** Answers the cookie of the session in which the password was chosen. */
export async function takeUpInvitation(
  url: string,
  inviteUrl: string,
  password: string,
): Promise<string> {
  const code = new URL(inviteUrl).pathname.split('/').at(-1);
  const path = `/api/v1/invites/${code}`;
  return readCookie(await post(new URL(path, url), { password }, { origin: url }));
}

function post(
  url: URL,
  body: object,
  { origin, userAgent }: { origin: string; userAgent?: string | undefined },
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', origin },
      ...(userAgent && { 'user-agent': userAgent }),
    },
    body: JSON.stringify(body),
  });
}

async function readCookie(response: Response): Promise<string> {
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  const [cookie] = response.headers.get('set-cookie')?.split(';') ?? [];
  if (cookie === undefined) throw new Error(`${response.url} set no cookie.`);
  return cookie;
}
