// Reads a request for an app as the server does before the app sees it: bodies of JSON of at most
// 100 kB, with Express's own pages for what it refuses.
import { gunzipSync } from 'node:zlib';
import type { AppAnswer, AppRequest } from '../serve-apps.ts';

const MAX_BYTES = 100 * 1024;

export function readApiRequest(
  request: AppRequest,
): { ok: true; content: unknown } | { ok: false; answer: AppAnswer } {
  const { body, headers } = request;
  const type = String(headers['content-type'] ?? '')
    .split(';')[0]
    ?.trim()
    .toLowerCase();
  if (body.length === 0) return { ok: true, content: {} };
  if (type === 'application/x-www-form-urlencoded') {
    return { ok: true, content: Object.fromEntries(new URLSearchParams(body.toString())) };
  }
  if (type !== 'application/json') return { ok: true, content: {} };
  if (body.length > MAX_BYTES) return page(413, 'PayloadTooLargeError: request entity too large');
  const text = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  try {
    const content: unknown = JSON.parse(text.toString());
    // Strict: an object or a list.
    if (typeof content === 'object' && content !== null) return { ok: true, content };
  } catch {
    // The same page for both.
  }
  return page(400, 'SyntaxError: Unexpected token in JSON');
}

function page(status: number, text: string): { ok: false; answer: AppAnswer } {
  const body = `<!DOCTYPE html>\n<html lang="en"><head><title>Error</title></head><body><pre>${text}</pre></body></html>\n`;
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  return { ok: false, answer: { status, headers, body } };
}
