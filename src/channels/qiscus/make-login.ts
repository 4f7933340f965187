// Holds the token for the calls that refuse the secret key: many callers, one login.
import { type Login, readLogin } from './read-app.ts';
import type { Failure, Outcome } from './types.ts';

export interface TokenLogin {
  /** The current token, or a new one; `spent` is one that was refused. */
  token(spent?: string): Promise<Outcome<string>>;
  /** Logs in even when there is a token. */
  login(): Promise<Outcome<Login>>;
}

export function makeLogin(options: {
  hasCredentials: boolean;
  send: () => Promise<Outcome<{ body: string }>>;
}): TokenLogin {
  let current: string | null = null;
  let underWay: Promise<Outcome<Login>> | null = null;

  async function attempt(): Promise<Outcome<Login>> {
    if (!options.hasCredentials) return unauthorized('no e-mail and password are configured');
    const answer = await options.send();
    if (!answer.ok) return { ok: false, failure: asLoginFailure(answer.failure) };
    const login = readLogin(answer.value.body);
    current = login.token;
    return { ok: true, value: login };
  }

  function login(): Promise<Outcome<Login>> {
    underWay ??= attempt().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  return {
    login,
    async token(spent) {
      if (current !== null && current !== spent) return { ok: true, value: current };
      const outcome = await login();
      if (!outcome.ok) return outcome;
      const { token, needsSecondFactor } = outcome.value;
      if (token !== null) return { ok: true, value: token };
      return unauthorized(
        needsSecondFactor ? 'the login asks for a second factor' : 'the login gave no token',
      );
    },
  };
}

/** Only the login has happened, so neither "unknown" nor "refused" is true of the call. */
function asLoginFailure(failure: Failure): Failure {
  const text = `login: ${failure.text}`;
  if (failure.kind === 'unknown') return { ...failure, kind: 'unavailable', text };
  if (failure.kind === 'refused') return { ...failure, kind: 'unauthorized', text };
  return { ...failure, text };
}

function unauthorized(text: string): { ok: false; failure: Failure } {
  return { ok: false, failure: { kind: 'unauthorized', status: null, text, retryAfterMs: null } };
}
