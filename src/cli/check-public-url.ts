// Whether PUBLIC_URL leads to an Usher, through whatever proxies stand before it, and how long its certificate lasts.
import { connect } from 'node:tls';
import type { OutboundAnswer } from '../outbound/open-guarded-outbound.ts';
import { openOwnOutbound } from '../outbound/open-outbound.ts';
import type { Check } from './check.ts';

const NAME = 'PUBLIC_URL';
const DAY_MS = 86_400_000;
/** Who renews by itself does so a month before. */
const SOON_DAYS = 14;
const TIMEOUT_MS = 5000;

export async function checkPublicUrl(publicUrl: string | undefined): Promise<Check[]> {
  if (publicUrl === undefined) return [];
  const url = new URL('livez', publicUrl.replace(/\/*$/, '/'));
  const outbound = openOwnOutbound();
  try {
    const send = { method: 'GET', verifyTls: true, headers: {}, timeoutMs: TIMEOUT_MS } as const;
    const answer = await outbound.send({ ...send, url: url.href });
    const check = { name: NAME, ...judge(answer, url) };
    if (check.state !== 'ok' || url.protocol === 'http:') return [check];
    return [check, { name: 'certificate', ...judgeEnd(await readEnd(url), Date.now()) }];
  } finally {
    await outbound.close();
  }
}

function judge(answer: OutboundAnswer, { origin }: URL): Omit<Check, 'name'> {
  if (!answer.ok) {
    const says = `${origin}: ${answer.text} ${answer.error === 'tls' ? 'Browsers refuse it as well: renew the certificate, or name it for this host.' : 'Seen from this machine; others may reach it.'}`;
    return { state: answer.error === 'tls' ? 'failed' : 'warning', says };
  }
  if (answer.status === 200 && answer.body.toString().includes('"alive"')) {
    return { state: 'ok', says: `${origin} leads to Usher` };
  }
  const says = `${origin} answers ${answer.status}, and not as Usher does; check where your proxy sends it`;
  return { state: 'failed', says };
}

/** When the certificate ends; null: it cannot be read. */
function readEnd({ hostname, port }: URL): Promise<number | null> {
  return new Promise((done) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, port: Number(port) || 443, servername: host }, () => {
      done(Date.parse(socket.getPeerCertificate().valid_to) || null);
      socket.destroy();
    });
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy());
    socket.on('error', () => done(null)).on('close', () => done(null));
  });
}

export function judgeEnd(endsAt: number | null, now: number): Omit<Check, 'name'> {
  if (endsAt === null) return { state: 'warning', says: 'its end cannot be read' };
  const days = Math.floor((endsAt - now) / DAY_MS);
  const says = `ends in ${days} days`;
  if (days >= SOON_DAYS) return { state: 'ok', says };
  return { state: 'warning', says: `${says}; renew it, and let that happen by itself` };
}
