// Sign-in by an OpenID Connect provider: authorization code with PKCE, state and nonce.
import * as client from 'openid-client';
import type { VouchedPerson } from '../contract/people.ts';
import { Refused } from '../errors.ts';

export interface OidcOptions {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  /** The text of the button. */
  name: string;
  createUsers: boolean;
  /** The client that calls the provider: limited in time and bytes. */
  fetch: client.CustomFetch;
  /** Its sessions end by then. */
  sessionHours: number;
  onError: (error: unknown) => void;
}

/** What the browser keeps between leaving and coming back. */
export interface OidcMemory {
  state: string;
  nonce: string;
  verifier: string;
  /**
   * A signed-in person proves again who they are, and goes on at this path of ours; null: a
   * sign-in.
   */
  proofFor: string | null;
}

export interface Oidc {
  name: string;
  createUsers: boolean;
  sessionHours: number;
  /**
   * With `proofFor` the provider must ask for its own proof, however recently it did. Refuses
   * `oidc.unavailable`.
   */
  leave(callback: string, proofFor?: string | null): Promise<{ url: string; memory: OidcMemory }>;
  /** null: the provider did not vouch for anybody. */
  comeBack(address: URL, memory: OidcMemory): Promise<VouchedPerson | null>;
}

/** Between the proof there and the return here. */
const NOW_SECONDS = 300;

export function makeOidc(options: OidcOptions): Oidc {
  const { issuer, clientId, clientSecret, name, createUsers, sessionHours, onError } = options;
  let known: Promise<client.Configuration> | undefined;
  const discover = async (): Promise<client.Configuration> => {
    const server = new URL(issuer);
    // Without TLS only because the operator wrote it so: on the same machine, or in a test.
    const execute = server.protocol === 'http:' ? [client.allowInsecureRequests] : [];
    const auth = clientSecret === undefined ? client.None() : undefined;
    const settings = { execute, timeout: 5, [client.customFetch]: options.fetch };
    return client.discovery(server, clientId, clientSecret, auth, settings);
  };
  const configuration = (): Promise<client.Configuration> => {
    // After a failure the next caller tries again.
    known ??= discover().catch((error: unknown) => {
      known = undefined;
      onError(error);
      throw new Refused('oidc.unavailable');
    });
    return known;
  };
  return {
    name,
    createUsers,
    sessionHours,
    async leave(callback, proofFor = null) {
      const state = client.randomState();
      const nonce = client.randomNonce();
      const verifier = client.randomPKCECodeVerifier();
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: callback,
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(proofFor === null ? {} : { prompt: 'login', max_age: '0' }),
      });
      return { url: url.href, memory: { state, nonce, verifier, proofFor } };
    },
    async comeBack(address, { state, nonce, verifier, proofFor }) {
      const checks = {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
        // The provider must say when it last asked, and that must be now.
        ...(proofFor === null ? {} : { maxAge: NOW_SECONDS }),
      };
      const provider = await configuration();
      try {
        const tokens = await client.authorizationCodeGrant(provider, address, checks);
        return readClaims(tokens.claims());
      } catch (error) {
        onError(error);
        return null;
      }
    },
  };
}

/** An address counts only if the provider says that it is the person's. */
function readClaims(claims: Partial<client.IDToken> = {}): VouchedPerson | null {
  const { iss: issuer, sub: subject, email, email_verified: verified, name } = claims;
  const { auth_time: askedAt } = claims;
  if (typeof issuer !== 'string' || typeof subject !== 'string' || subject === '') return null;
  return {
    issuer,
    subject,
    verifiedEmail: typeof email === 'string' && verified === true ? email : null,
    name: typeof name === 'string' && name.trim() !== '' ? name : null,
    provedAt: typeof askedAt === 'number' ? new Date(askedAt * 1000) : null,
  };
}
