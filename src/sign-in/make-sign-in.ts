// The ways to sign in besides a password kept here: the company's own check, and its identity provider.
import type { Config } from '../config.ts';
import type { Log } from '../desk/context.ts';
import type { AskCompany } from '../desk/sign-in.ts';
import { Refused } from '../errors.ts';
import { makeFetch } from '../outbound/make-fetch.ts';
import type { Outbound } from '../outbound/open-guarded-outbound.ts';
import { makeOidc, type Oidc } from './make-oidc.ts';
import { loginUrl, readLogin } from './read-login.ts';

const TIMEOUT_MS = 5000;
/** A provider's description and its keys are some kilobytes. */
const MAX_ANSWER_BYTES = 1024 * 1024;

export function makeSignIn(
  config: Config,
  { log, outbound }: { log: Log; outbound: Pick<Outbound, 'send'> },
): { oidc: Oidc | null; askCompany: AskCompany | null } {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = config;
  const endpoint = config.AUTHENTICATION_ENDPOINT;
  return {
    askCompany: endpoint === undefined ? null : askAt(endpoint, { log, outbound }),
    oidc:
      issuer === undefined || clientId === undefined
        ? null
        : makeOidc({
            issuer,
            clientId,
            clientSecret: config.OIDC_CLIENT_SECRET,
            name: config.OIDC_NAME,
            createUsers: config.OIDC_CREATE_USERS,
            fetch: makeFetch(outbound, { timeoutMs: TIMEOUT_MS, maxAnswerBytes: MAX_ANSWER_BYTES }),
            sessionHours: config.OIDC_SESSION_HOURS,
            onError: (error) =>
              log.warn({ err: error }, 'a sign-in by the identity provider failed'),
          }),
  };
}

function askAt(
  endpoint: string,
  { log, outbound }: { log: Log; outbound: Pick<Outbound, 'send'> },
): AskCompany {
  return async (typed) => {
    const answer = await outbound.send({
      url: loginUrl(endpoint),
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: Buffer.from(JSON.stringify(typed)),
      verifyTls: true,
      timeoutMs: TIMEOUT_MS,
    });
    const login = answer.ok
      ? readLogin(answer.status, answer.body.toString('utf8'), typed)
      : { trouble: answer.text };
    if ('known' in login) return login.known;
    log.warn({ trouble: login.trouble }, 'AUTHENTICATION_ENDPOINT could not be asked');
    throw new Refused('sign-in.unavailable');
  };
}
