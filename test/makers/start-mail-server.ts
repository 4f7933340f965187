// A mail server that keeps what it takes, and fails as told: a real one by SMTP, gone when the test is over.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface TakenMail extends ParsedMail {
  /** To whom it was addressed on the wire. */
  recipients: string[];
}

/** What it does with a mail: takes it, or refuses it with this code; `cut`: takes it and cuts the line before it says so. */
export type Behaviour =
  | 'take'
  | 'cut'
  | 'hang'
  | { refuse: number; text?: string; at?: 'rcpt' | 'data' };

export interface MailServer {
  url: string;
  taken: TakenMail[];
  /** How many mails were read to their end, whatever became of them. */
  read(): number;
  behave(how: Behaviour): void;
}

/** `atEnd`: is given what ends it; otherwise it ends with the test. */
export async function startMailServer({
  login,
  atEnd = onTestFinished,
}: {
  login?: { user: string; pass: string };
  atEnd?: (stop: () => Promise<void>) => void;
} = {}): Promise<MailServer> {
  const taken: TakenMail[] = [];
  let how: Behaviour = 'take';
  let read = 0;
  const refusal = ({ refuse, text = 'not now' }: Exclude<Behaviour, string>) =>
    Object.assign(new Error(text), { responseCode: refuse });
  const server = new SMTPServer({
    ...{ hideSTARTTLS: true, disableReverseLookup: true, logger: false },
    ...(login === undefined
      ? { disabledCommands: ['AUTH'] }
      : { allowInsecureAuth: true, authMethods: ['PLAIN', 'LOGIN'] }),
    closeTimeout: 100,
    onAuth: ({ username, password }, _session, done) => {
      if (username === login?.user && password === login?.pass)
        return done(null, { user: 'known' });
      return done(Object.assign(new Error(`no such login: ${password}`), { responseCode: 535 }));
    },
    onRcptTo: (_address, _session, done) => {
      if (typeof how === 'object' && how.at === 'rcpt') return done(refusal(how));
      return done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        read += 1;
        if (typeof how === 'object') return done(refusal(how));
        if (how === 'hang') return;
        const cut = how === 'cut';
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        void simpleParser(Buffer.concat(chunks)).then((mail) => {
          taken.push({ ...mail, recipients });
          if (!cut) return done();
          for (const one of server.connections) one._socket?.destroy();
        });
      });
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  atEnd(
    () =>
      new Promise<void>((closed) => {
        for (const one of server.connections) one._socket?.destroy();
        server.close(() => closed());
      }),
  );
  const at = login === undefined ? '' : `${login.user}:${encodeURIComponent(login.pass)}@`;
  return {
    url: `smtp://${at}127.0.0.1:${port}`,
    taken,
    read: () => read,
    behave: (next) => {
      how = next;
    },
  };
}
