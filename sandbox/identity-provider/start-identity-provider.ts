// A small OpenID Connect provider over real HTTP. It signs in whomever it is told to.
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who signs in next. */
  subject: string;
  /** Put into the next tokens, over what belongs there. */
  claims: Record<string, unknown>;
  /** When the person last signed in there, in seconds; asked anew when the client wants it. */
  authTime: number;
  /** Ignores `prompt=login` and accepts an old sign-in. */
  ignoresPrompt: boolean;
  /** Refusals of the token endpoint, in words. */
  refused: string[];
  stop(): Promise<void>;
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig', kid: 'one' };
  const codes = new Map<string, Asked>();
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, headers = {}, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(body));
      },
      () => response.destroy(),
    );
  });
  const provider: IdentityProvider = {
    issuer: '',
    clientId: 'usher',
    clientSecret: 'client-secret',
    subject: 'person-1',
    authTime: now(),
    ignoresPrompt: false,
    claims: { email: 'ana@example.com', email_verified: true, name: 'Ana' },
    refused: [],
    stop: () => new Promise((done) => server.close(() => done())),
  };

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', provider.issuer);
    if (pathname === '/.well-known/openid-configuration') {
      return { status: 200, body: describe(provider.issuer) };
    }
    if (pathname === '/keys') return { status: 200, body: { keys: [jwk] } };
    if (pathname === '/authorize') {
      const code = randomUUID();
      codes.set(code, ask(provider, searchParams));
      return { status: 302, headers: { location: wayBack(searchParams, code) }, body: {} };
    }
    if (pathname !== '/token') return { status: 404, body: {} };
    const form = new URLSearchParams(await readBody(request));
    const asked = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const fault = findFault(asked, form);
    if (fault === null) {
      return { status: 200, body: await makeTokens(provider, privateKey, asked) };
    }
    provider.refused.push(fault);
    return { status: 400, body: { error: 'invalid_grant' } };
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return provider;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** What a code stands for. */
interface Asked {
  query: URLSearchParams;
  subject: string;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: object;
}

function wayBack(query: URLSearchParams, code: string): string {
  const back = new URL(query.get('redirect_uri') ?? '');
  back.searchParams.set('code', code);
  back.searchParams.set('state', query.get('state') ?? '');
  return back.href;
}

function ask(provider: IdentityProvider, query: URLSearchParams): Asked {
  if (query.get('prompt') === 'login' && !provider.ignoresPrompt) provider.authTime = now();
  return { query, subject: provider.subject };
}

function findFault(asked: Asked | undefined, form: URLSearchParams): string | null {
  if (asked === undefined) return 'the code is unknown or used';
  const verifier = form.get('code_verifier') ?? '';
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return asked.query.get('code_challenge') === challenge ? null : 'the verifier does not fit';
}

async function makeTokens(
  { issuer, clientId, claims, authTime }: IdentityProvider,
  key: CryptoKey,
  asked: Asked | undefined,
): Promise<object> {
  const nonce = asked?.query.get('nonce');
  const idToken = await new SignJWT({ nonce, auth_time: authTime, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setIssuer(issuer)
    .setAudience(clientId)
    .setSubject(asked?.subject ?? '')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(key);
  return { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: idToken };
}

function describe(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
