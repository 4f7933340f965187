// What mailroom makes of an app's answer: a failure with its text, or the `id` in it.
import { gunzipSync } from 'node:zlib';
import type { CallResult } from './call.ts';

/** null: no failure. Mailroom shows the text to RapidPro's admins. */
export function failureOf(result: CallResult): string | null {
  if (result.status === null || result.error !== null) {
    return `unable to connect to server: ${result.error}`;
  }
  if (result.status < 400) return null;
  const json = readJson(result);
  if (json === undefined) return 'invalid character or unexpected end of JSON input';
  const { error = '' } = Object(json) as { error?: unknown };
  return typeof error === 'string' ? error : 'json: cannot unmarshal field error of type string';
}

/** undefined: not readable, which is a failure to mailroom; '' if absent, which is not. */
export function idOf(result: CallResult): string | undefined {
  const json = readJson(result);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const { id = '' } = json as { id?: unknown };
  return typeof id === 'string' ? id : undefined;
}

function readJson({ body, headers }: CallResult): unknown {
  try {
    const isZipped = headers['content-encoding'] === 'gzip';
    return JSON.parse((isZipped ? gunzipSync(body) : body).toString());
  } catch {
    return undefined;
  }
}
