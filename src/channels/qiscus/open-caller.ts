// Makes authorised calls in both of Qiscus' schemes, with one fresh login when a token is spent.
import { makeLogin, type TokenLogin } from './make-login.ts';
import { openSender, type Request, type SenderOptions } from './open-sender.ts';
import type { HttpAnswer } from './send-once.ts';
import type { Outcome } from './types.ts';

export interface Call extends Request {
  /** `secret`: the app's key. `token`: an admin's login. `either`: the key where there is one. */
  scheme: 'secret' | 'token' | 'either';
}

export interface Caller {
  call(call: Call): Promise<Outcome<HttpAnswer>>;
  login: TokenLogin['login'];
  close(): void;
}

export interface CallerOptions extends Omit<SenderOptions, 'secrets'> {
  secretKey: string;
  email: string;
  password: string;
}

export function openCaller(options: CallerOptions): Caller {
  const { secretKey, email, password } = options;
  const { send, close } = openSender({ ...options, secrets: [secretKey, password] });
  const { login, token } = makeLogin({
    hasCredentials: email !== '' && password !== '',
    send: () => send({ method: 'POST', path: '/api/v1/auth', form: { email, password } }, {}),
  });

  async function callWithToken(call: Call): Promise<Outcome<HttpAnswer>> {
    const held = await token();
    if (!held.ok) return held;
    const outcome = await send(call, { authorization: held.value });
    if (outcome.ok || outcome.failure.kind !== 'unauthorized') return outcome;
    const fresh = await token(held.value);
    return fresh.ok ? send(call, { authorization: fresh.value }) : fresh;
  }

  return {
    call(call) {
      const useSecret = call.scheme === 'secret' || (call.scheme === 'either' && secretKey !== '');
      return useSecret ? send(call, { 'qiscus-secret-key': secretKey }) : callWithToken(call);
    },
    login,
    close,
  };
}
