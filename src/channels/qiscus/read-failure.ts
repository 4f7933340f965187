// Turns an answer of Qiscus that is no success into a value that says what to do next.
import { capText, cleanText } from '../../contract/clean-text.ts';
import { isMissing, isObject, readInteger, readObject } from './read-field.ts';
import { readJson } from './read-json.ts';
import type { Failure } from './types.ts';

const MAX_TEXT_LENGTH = 200;

export function readFailure(answer: {
  status: number;
  body: string;
  retryAfterMs: number | null;
  /** An answer may quote what we sent, and the text ends in logs and on screens. */
  secrets: string[];
}): Failure {
  const { status, body, retryAfterMs, secrets } = answer;
  const text = hide(readComplaint(body), secrets).replaceAll(/\s+/g, ' ').trim();
  return {
    kind: readKind(status),
    status,
    text: text === '' ? `answered ${status}` : capText(text, MAX_TEXT_LENGTH),
    retryAfterMs,
  };
}

/**
 * The status that counts: a success may say in its body that it failed. 400: it names no status.
 */
export function readStatus({ status, body }: { status: number; body: string }): number {
  if (status < 200 || status >= 300) return status;
  const { errors, error, status: told } = readObject(readJson(body));
  const inner = readInteger(told) ?? 0;
  if (inner >= 400 && inner < 600) return inner;
  return isComplaint(errors) || isComplaint(error) ? 400 : status;
}

function isComplaint(value: unknown): boolean {
  if (isObject(value)) return Object.keys(value).length > 0;
  return (typeof value === 'string' || Array.isArray(value)) && !isMissing(value);
}

function readKind(status: number): Failure['kind'] {
  if (status === 401 || status === 403) return 'unauthorized';
  return status === 429 || status >= 500 ? 'unavailable' : 'refused';
}

/**
 * `errors` may be any JSON. A body that is not JSON is not shown, because it may be any page from
 * anywhere.
 */
function readComplaint(body: string): string {
  const json = readObject(readJson(body));
  const told = [json.errors, json.error, json.message].find((value) => !isMissing(value));
  return cleanText(told === undefined ? '' : collectWords(told).join('; '));
}

/** Before the text is cut, because half a secret still is one. */
function hide(text: string, secrets: string[]): string {
  const told = secrets.filter((secret) => secret !== '');
  return told.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}

/** Every text within any JSON, each with the name of the field that it complains about. */
function collectWords(value: unknown, field = '', depthLeft = 5): string[] {
  if (value === null || depthLeft === 0) return [];
  if (typeof value !== 'object') {
    return [field === '' || field === 'message' ? String(value) : `${field}: ${value}`];
  }
  const inner = Array.isArray(value)
    ? value.map((item) => [field, item] as const)
    : Object.entries(value);
  return inner.slice(0, 10).flatMap(([name, item]) => collectWords(item, name, depthLeft - 1));
}
