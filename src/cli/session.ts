// What a command that talks to a running Usher works with.
import type { Api } from './api-client.ts';
import type { Printer } from './print.ts';

export interface Session {
  api: Api;
  print: Printer;
}
