// How the command line reaches a running Usher: by its API.
import { readKeptToken } from '../startup/keep-secrets.ts';
import { nameMissing } from './name-missing.ts';

export interface Api {
  get<T>(path: string): Promise<T>;
  send<T>(
    method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
    more?: Record<string, string>,
  ): Promise<T>;
}

/** Shown to the person; `exitCode` as documented in the help. */
export class CommandFailed extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Address and token come from the options, else the environment, else what the server left in its data directory. */
export async function makeApiClient(
  options: { url?: string; token?: string },
  environment: NodeJS.ProcessEnv,
): Promise<Api> {
  const port = environment.PORT ?? '3000';
  const url = options.url ?? environment.USHER_URL ?? `http://127.0.0.1:${port}`;
  const kept = await readKeptToken(environment.USHER_DATA_DIR ?? './data');
  const token =
    options.token ?? environment.USHER_TOKEN ?? environment.USHER_ADMIN_TOKEN ?? kept ?? null;
  if (token === null) {
    throw new CommandFailed(
      'No API token: give --token, set USHER_TOKEN, or run this where the server’s data directory is.',
      2,
    );
  }
  const call = async <T>(
    method: string,
    path: string,
    body?: object,
    more: Record<string, string> = {},
  ): Promise<T> => {
    const headers: Record<string, string> = { ...more, authorization: `Bearer ${token}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const request = {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const response = await fetch(new URL(path, url), request).catch(() => {
      throw new CommandFailed(`No Usher answers at ${url}. Start it with: npm start`, 3);
    });
    const text = await response.text();
    if (!response.ok)
      throw new CommandFailed(describeProblem({ status: response.status, text, path, body }), 4);
    return (text === '' ? null : JSON.parse(text)) as T;
  };
  return { get: (path) => call('GET', path), send: call };
}

function describeProblem(refused: {
  status: number;
  text: string;
  path: string;
  body?: object | undefined;
}): string {
  const { status, text } = refused;
  try {
    const { detail, code } = JSON.parse(text) as { detail?: string; code?: string };
    const missing = nameMissing({ ...refused, code });
    if (missing !== null) return missing;
    return `${detail ?? text} (${code ?? status})`;
  } catch {
    return `The server answered ${status}.`;
  }
}
