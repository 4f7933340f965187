// The company's own check of passwords, as Chimp Assist asks it: whoever comes is the person that is set.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Company {
  url: string;
  /** What it answers; null: it knows nobody. */
  answer: Record<string, unknown> | null;
}

export async function startCompany(): Promise<Company> {
  const server = createServer((request, response) => {
    request.resume();
    response.statusCode = company.answer === null ? 404 : 200;
    response.end(JSON.stringify(company.answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const company: Company = { url, answer: null };
  return company;
}
