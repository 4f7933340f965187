// A mailbox that is read by IMAP: Dovecot, as Debian packages it, gone when the test is over.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';

const BINARY = '/usr/sbin/dovecot';
/** Root may have no mailbox in Dovecot. */
const NOBODY = 65_534;

/** What is missing for it; null: nothing. In CI it must be there. */
export const dovecotMissing =
  existsSync(BINARY) || process.env.CI !== undefined
    ? null
    : `There is no ${BINARY}: apt-get install dovecot-imapd`;

export interface Mailbox {
  port: number;
  user: string;
  password: string;
  /** As the mail server of the house would deliver it. */
  deliver(mail: string): Promise<void>;
}

export async function startDovecot(): Promise<Mailbox> {
  const port = await findFreePort();
  const folder = await mkdtemp(join(tmpdir(), 'usher-dovecot-'));
  const inbox = join(folder, 'mail');
  const owner = userInfo().uid === 0 ? NOBODY : userInfo().uid;
  for (const name of ['.', 'tmp', 'new', 'cur']) {
    await mkdir(join(inbox, name), { recursive: true });
    await chown(join(inbox, name), owner, owner).catch(() => {});
  }
  await chown(folder, owner, owner).catch(() => {});
  const config = join(folder, 'dovecot.conf');
  await writeFile(config, writeConfig({ folder, inbox, port, owner }));
  const child = spawn(BINARY, ['-F', '-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  await waitForStart(join(folder, 'log'), () => {
    if (child.exitCode !== null) throw new Error(`dovecot ended: ${said}`);
  });
  let delivered = 0;
  const deliver = async (mail: string) => {
    delivered += 1;
    const name = `${1_700_000_000 + delivered}.M${delivered}.test`;
    await writeFile(join(inbox, 'tmp', name), mail.replaceAll('\n', '\r\n'));
    await chown(join(inbox, 'tmp', name), owner, owner).catch(() => {});
    await rename(join(inbox, 'tmp', name), join(inbox, 'new', name));
  };
  return { port, user: 'help', password: 'secret', deliver };
}

async function waitForStart(log: string, check: () => void): Promise<void> {
  for (;;) {
    check();
    if ((await readFile(log, 'utf8').catch(() => '')).includes('starting up')) return;
    await new Promise((done) => setTimeout(done, 20));
  }
}

interface Place {
  folder: string;
  inbox: string;
  port: number;
  owner: number;
}

function writeConfig({ folder, inbox, port, owner }: Place): string {
  const { username, uid } = userInfo();
  // Who is not root runs every part in their own name.
  const own = [
    ...[`default_internal_user = ${username}`, `default_login_user = ${username}`],
    'service anvil {\n  chroot =\n}',
  ];
  return `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${inbox}
first_valid_uid = 1
${uid === 0 ? '' : own.join('\n')}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${owner} gid=${owner} home=${folder}
}
`;
}
