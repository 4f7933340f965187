// Compares what receivers got with what they were to be told: each event at least once, the same bytes by the same id, in order, signed.
import { type Breach, MOST_TOLD } from '../breach.ts';
import type { KeptTelling, Received } from '../record.ts';

/** By endpoint, in the order of arrival. */
export function checkDeliveries(
  tellings: readonly KeptTelling[],
  received: readonly Received[],
): Breach[] {
  const byEndpoint = Map.groupBy(received, ({ endpointId }) => endpointId);
  const endpoints = new Set([
    ...byEndpoint.keys(),
    ...tellings.map(({ endpointId }) => endpointId),
  ]);
  return [...endpoints]
    .flatMap((endpointId) => {
      const expected = tellings.filter((one) => one.endpointId === endpointId);
      return checkOne(expected, byEndpoint.get(endpointId) ?? []);
    })
    .slice(0, MOST_TOLD);
}

interface Places {
  first: number;
  /** Where it was first answered well. */
  taken?: number;
  hash: string;
}

function checkOne(expected: readonly KeptTelling[], received: readonly Received[]): Breach[] {
  const known = new Set(expected.map(({ id }) => id));
  const places = new Map<string, Places>();
  const breaches: Breach[] = [];
  for (const [place, one] of received.entries()) {
    const tell = (what: string) =>
      breaches.push(breachOf(what, `event ${one.id}`, [describe(one, place)]));
    if (!one.isSigned) tell('It was not signed, or signed wrong.');
    if (!known.has(one.id)) tell('It came and had not happened.');
    const own: Places = places.get(one.id) ?? { first: place, hash: one.hash };
    if (own.hash !== one.hash) tell('It came again with other bytes.');
    if (one.isTaken) own.taken ??= place;
    places.set(one.id, own);
  }
  return [...breaches, ...findMissing(expected, places), ...findOvertakes(expected, places)];
}

function findMissing(
  expected: readonly KeptTelling[],
  places: ReadonlyMap<string, Places>,
): Breach[] {
  return expected
    .filter(({ id }) => places.get(id)?.taken === undefined)
    .map((one) => breachOf('It never arrived.', `event ${one.id}`, [tellTelling(one, places)]));
}

/** An event comes to a receiver only once the one before it, of the same conversation, was taken. */
function findOvertakes(
  expected: readonly KeptTelling[],
  places: ReadonlyMap<string, Places>,
): Breach[] {
  const breaches: Breach[] = [];
  for (const own of Map.groupBy(expected, ({ conversationId }) => conversationId).values()) {
    const inOrder = own.toSorted((a, b) => a.seq - b.seq);
    for (const [index, one] of inOrder.entries()) {
      const before = inOrder[index - 1];
      const first = places.get(one.id)?.first;
      if (before === undefined || first === undefined || before.seq === one.seq) continue;
      if (first > (places.get(before.id)?.taken ?? Number.POSITIVE_INFINITY)) continue;
      const story = [before, one].map((each) => tellTelling(each, places));
      breaches.push(
        breachOf(
          'It came before the one before it was taken.',
          `conversation ${one.conversationId}`,
          story,
        ),
      );
    }
  }
  return breaches;
}

const breachOf = (what: string, subject: string, story: readonly string[]): Breach => ({
  ...{ promise: 'deliveries', subject, what, story },
});

function tellTelling({ seq, type, id }: KeptTelling, places: ReadonlyMap<string, Places>): string {
  const { first, taken } = places.get(id) ?? {};
  return `${seq}. ${type} ${id}: came ${first ?? 'never'}, taken ${taken ?? 'never'}`;
}

function describe({ id, hash, isSigned, isTaken }: Received, place: number): string {
  return `request ${place}: ${id}, body ${hash.slice(0, 8)}, ${isSigned ? 'signed' : 'unsigned'}, ${isTaken ? 'taken' : 'refused'}`;
}
