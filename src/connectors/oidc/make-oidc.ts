// Sign-in by an OpenID Connect provider: authorization code with PKCE, state and nonce.
import * as client from 'openid-client';
import { Refused } from '../../errors.ts';

export interface OidcOptions {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  /** What the button says. */
  name: string;
  createUsers: boolean;
  onError: (error: unknown) => void;
}

/** What the browser keeps between leaving and coming back. */
export interface OidcMemory {
  state: string;
  nonce: string;
  verifier: string;
}

export interface Oidc {
  name: string;
  createUsers: boolean;
  /** Refuses `oidc.unavailable`. */
  leave(callback: string): Promise<{ url: string; memory: OidcMemory }>;
  /** null: the provider did not vouch for anybody with a verified address. */
  comeBack(address: URL, memory: OidcMemory): Promise<{ email: string; name: string } | null>;
}

export function makeOidc(options: OidcOptions): Oidc {
  const { issuer, clientId, clientSecret, name, createUsers, onError } = options;
  let known: Promise<client.Configuration> | undefined;
  const discover = async (): Promise<client.Configuration> => {
    const server = new URL(issuer);
    // Without TLS only because the operator wrote it so: on the same machine, or in a test.
    const execute = server.protocol === 'http:' ? [client.allowInsecureRequests] : [];
    const auth = clientSecret === undefined ? client.None() : undefined;
    return client.discovery(server, clientId, clientSecret, auth, { execute, timeout: 5 });
  };
  const configuration = (): Promise<client.Configuration> => {
    // What failed is tried anew by the next one.
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
    async leave(callback) {
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
      });
      return { url: url.href, memory: { state, nonce, verifier } };
    },
    async comeBack(address, { state, nonce, verifier }) {
      const checks = {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
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
function readClaims(claims: Partial<client.IDToken> = {}): { email: string; name: string } | null {
  const { email, email_verified: verified, name } = claims;
  if (typeof email !== 'string' || verified !== true) return null;
  return { email, name: typeof name === 'string' && name.trim() !== '' ? name : email };
}
