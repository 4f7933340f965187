// Says in words what is wrong with a request and what to do, where the validator would show its own rule.
import type { FastifySchemaValidationError } from 'fastify';
import { byUse, makeStorable, wordInvalid } from '../contract/word-invalid.ts';

/** `context` is the part of the request: body, params, querystring. */
export function describeInvalid(
  failures: readonly FastifySchemaValidationError[],
  context = 'body',
): string {
  const failure = failures.toSorted(byUse)[0];
  if (failure === undefined) return 'The request is not valid.';
  const { keyword, instancePath } = failure;
  if (context === 'body' && instancePath === '' && keyword === 'type') {
    return 'The body must be a JSON object, sent with content-type: application/json.';
  }
  const place = `${context}${instancePath}`.replaceAll('/', '.');
  const key = (failure as { propertyName?: string }).propertyName;
  const where = key === undefined ? place : `A name in ${place}`;
  const { what, remedy, isSaid } = wordInvalid(failure);
  return makeStorable(`${where} ${isSaid ? what : `${what}: ${remedy}`}.`);
}
