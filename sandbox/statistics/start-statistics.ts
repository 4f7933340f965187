// A company's statistics over real HTTP (chimp-assist.md §7), which misbehave on demand.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type StatisticsAnswer =
  | { status?: number; body: string; afterMs?: number; location?: string }
  /** Takes the question and never answers. */
  | { fault: 'hang' }
  /** The connection ends in the middle of the answer. */
  | { fault: 'break' };

export interface StatisticsStandIn {
  url: string;
  /** What was asked for, in order: the path with its query, and the headers. */
  asked: { path: string; headers: Record<string, string | string[] | undefined> }[];
  setAnswer(answer: StatisticsAnswer): void;
  stop(): Promise<void>;
}

/** Of every form that a value may have. */
export const SAMPLE: StatisticsAnswer = {
  body: JSON.stringify([
    { label: 'Unresolved tickets', value: '' },
    { label: 'Plan', value: 'Gold', iconURL: 'https://example.com/gold.png' },
    { label: 'Orders', value: 12 },
    { label: 'Blocked', value: false },
    { label: 'Last orders', value: [{ url: 'https://example.com/orders/7', label: 'Order 7' }] },
    {
      label: 'Spent',
      value: [
        { x: '20/12/2018-00:00:00', y: 12.5 },
        { x: '21/12/2018-00:00:00', y: 40 },
      ],
    },
  ]),
};

export async function startStatistics({ port = 0 } = {}): Promise<StatisticsStandIn> {
  let answer = SAMPLE;
  const asked: StatisticsStandIn['asked'] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    give(response, answer);
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    setAnswer(next) {
      answer = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function give(response: ServerResponse, answer: StatisticsAnswer): void {
  if ('fault' in answer) {
    if (answer.fault === 'hang') return;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('[', () => response.destroy());
    return;
  }
  const { status = 200, body, afterMs = 0, location } = answer;
  setTimeout(() => {
    const type = { 'content-type': 'application/json' };
    response.writeHead(status, location === undefined ? type : { ...type, location });
    response.end(body);
  }, afterMs);
}
