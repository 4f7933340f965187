// A request as it is sent, and as a line for a terminal.
import type { Listed, Parameter } from './read-document.ts';

export interface Request {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** `values`: by the place and name of a parameter; empty ones are left out. */
export function writeRequest(
  call: Listed,
  given: {
    parameters: readonly Parameter[];
    values: Record<string, string>;
    body: string | null;
    token: string;
  },
): Request {
  const { parameters, values, body, token } = given;
  const value = ({ in: place, name }: Parameter) => values[`${place}:${name}`] ?? '';
  const of = (place: Parameter['in']) =>
    parameters.filter((one) => one.in === place && value(one) !== '');
  let path = call.path;
  for (const one of of('path')) {
    path = path.replace(`{${one.name}}`, encodeURIComponent(value(one)));
  }
  const query = new URLSearchParams(of('query').map((one) => [one.name, value(one)])).toString();
  const headers: Record<string, string> = {};
  for (const one of of('header')) headers[one.name] = value(one);
  if (token !== '') headers.authorization = `Bearer ${token}`;
  if (body !== null) headers['content-type'] = 'application/json';
  return {
    url: query === '' ? path : `${path}?${query}`,
    method: call.method.toUpperCase(),
    headers,
    body: body ?? undefined,
  };
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export function writeCurl({ url, method, headers, body }: Request, origin: string): string {
  const parts = [`curl -X ${method} ${quote(origin + url)}`];
  for (const [name, value] of Object.entries(headers))
    parts.push(`-H ${quote(`${name}: ${value}`)}`);
  if (body !== undefined) parts.push(`--data ${quote(body)}`);
  return parts.join(' \\\n  ');
}
