import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readAgentAllocation,
  readCloseRequest,
  readMarkAsResolved,
  readMaxCustomers,
  readNewRequest,
  readSetMarkAsResolved,
} from './read.ts';

describe('whatever is sent', () => {
  const field = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.constant('x\u0000\ud800'),
  );
  const allocation = fc.record(
    {
      app_id: field,
      room_id: field,
      source: field,
      email: field,
      name: field,
      channel: field,
      extras: field,
      latest_service: field,
    },
    { requiredKeys: ['room_id'] },
  );
  const resolution = fc.record({
    customer: field,
    resolved_by: field,
    service: fc.oneof(field, fc.record({ room_id: field, id: field, notes: field })),
  });

  it('is answered with a value, and a room id of 1 to 64 characters', () => {
    const anything = fc.oneof(fc.jsonValue(), fc.anything(), allocation, resolution);
    const readers = [readAgentAllocation, readNewRequest, readMarkAsResolved, readCloseRequest];
    const property = fc.property(anything, fc.constantFrom(...readers), (body, read) => {
      const outcome = read(body);
      if (!outcome.ok || outcome.value.kind === 'ignored') return;
      const { externalId } = outcome.value;
      expect([...externalId].length).toBeGreaterThanOrEqual(1);
      expect([...externalId].length).toBeLessThanOrEqual(64);
      expect(isStorable(outcome.value)).toBe(true);
    });
    fc.assert(property, { numRuns: 3000 });
  });

  it('to the settings is answered with a value', () => {
    const body = fc.oneof(fc.anything(), fc.record({ max_customers: field, endpoint: field }));
    fc.assert(
      fc.property(body, (value) => {
        readMaxCustomers(value);
        readSetMarkAsResolved(value);
      }),
    );
  });
});

/** What PostgreSQL would take as jsonb. */
function isStorable(value: unknown): boolean {
  return !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value).replaceAll('\\\\', ''));
}
