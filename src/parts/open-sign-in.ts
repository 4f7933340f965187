// The ways in besides a password kept here: the company's own check, and its identity provider.
import type { Config } from '../config.ts';
import { loginUrl, readLogin } from '../connectors/chimp-assist/read-login.ts';
import { makeOidc, type Oidc } from '../connectors/oidc/make-oidc.ts';
import type { Branding } from '../contract/people.ts';
import type { Log } from '../desk/context.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import type { AskCompany } from '../desk/sign-in.ts';
import { Refused } from '../errors.ts';
import type { SettingDefaults } from '../http/read-settings.ts';
import { makeFetch } from '../outbound/make-fetch.ts';
import type { Outbound } from '../outbound/make-outbound.ts';

const TIMEOUT_MS = 5000;
/** A provider's description and its keys are some kilobytes. */
const MAX_ANSWER_BYTES = 1024 * 1024;

export function openSignIn(
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

/** Whom the environment makes the first admin, if it names anybody. */
export function readFirstAdmin(config: Config) {
  const { USHER_ADMIN_EMAIL: email, USHER_ADMIN_PASSWORD: password } = config;
  const admin = email === undefined || password === undefined ? null : { email, password };
  return { workspaceId: DEFAULT_WORKSPACE, admin };
}

/** What holds until somebody sets it. */
export function readSettingDefaults(config: Config): SettingDefaults {
  return {
    statisticsBaseEndpoint: config.STATISTICS_BASE_ENDPOINT ?? null,
    branding: {
      pageTitle: config.MAIN_PAGE_TITLE,
      loginTitle: config.LOGIN_PAGE_TITLE ?? null,
      logoUrl: config.LOGO_SMALL_URL ?? null,
      favIconUrl: config.FAV_ICON_URL ?? null,
      language: readLanguage(config.FORCE_i18n_LANGUAGE),
      onlineLabel: config.ONLINE_CUSTOMERS_LABEL ?? null,
      offlineLabel: config.OFFLINE_CUSTOMERS_LABEL ?? null,
    },
  };
}

/** Chimp Assist writes `ptBR`. */
function readLanguage(forced: Config['FORCE_i18n_LANGUAGE']): Branding['language'] {
  if (forced === undefined) return null;
  return forced === 'pt' || forced === 'ptBR' ? 'pt-BR' : forced;
}
