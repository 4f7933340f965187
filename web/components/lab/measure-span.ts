// Makes a scenario of a span of the workspace's own records.
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import type { Scenario } from '../../../src/contract/scenario.ts';
import { ask, client } from '../../api/client.ts';
import type { Measured } from '../../api/shapes.ts';

export type MeasuredSpan = Omit<Measured, 'scenario'> & { scenario: Scenario };

/** In milliseconds since 1970. */
export interface Span {
  from: number;
  until: number;
}

async function measureSpan(
  { from, until }: Span,
  { policy, asRecorded }: { policy: PolicyDocument | null; asRecorded: boolean },
): Promise<MeasuredSpan> {
  const span = { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
  const body = { ...span, asRecorded, ...(policy !== null && { policy: policy as never }) };
  const measured = await ask(client.POST('/api/v1/simulations/measure', { body }));
  return { ...measured, scenario: measured.scenario as unknown as Scenario };
}

/** By the policy in force; `draftPolicy`: the same records by the draft, null: there is none. */
export async function measureBoth(
  span: Span,
  { draft, asRecorded }: { draft: PolicyDocument | null; asRecorded: boolean },
): Promise<MeasuredSpan & { draftPolicy: Scenario['policy'] | null }> {
  const [asItIs, drafted] = await Promise.all([
    measureSpan(span, { policy: null, asRecorded }),
    draft === null ? null : measureSpan(span, { policy: draft, asRecorded }),
  ]);
  return { ...asItIs, draftPolicy: drafted?.scenario.policy ?? null };
}
