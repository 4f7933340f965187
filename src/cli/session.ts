// What a command needs to talk to a running Usher.
import type { Api } from './api-client.ts';
import type { Printer } from './print.ts';

export interface Session {
  api: Api;
  print: Printer;
}
