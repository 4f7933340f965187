// What should be changed about an endpoint, as keys of our words. Pure.
import type { Endpoint } from '../../api/shapes.ts';

type Key = `endpoint.warn.${'http' | 'tls' | 'secret' | 'gone' | 'failing'}`;

export function listWarnings(
  endpoint: Pick<Endpoint, 'url' | 'verifyTls' | 'hasSecret'> &
    Partial<Pick<Endpoint, 'disabledReason'>>,
): Key[] {
  const { url, verifyTls, hasSecret, disabledReason } = endpoint;
  const keys: (Key | false)[] = [
    url.startsWith('http:') && 'endpoint.warn.http',
    !verifyTls && 'endpoint.warn.tls',
    !hasSecret && 'endpoint.warn.secret',
    disabledReason === 'gone' && 'endpoint.warn.gone',
    disabledReason === 'failing' && 'endpoint.warn.failing',
  ];
  return keys.filter((key) => key !== false);
}
