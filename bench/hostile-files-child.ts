// Misuses files in its own process. All requests name one client address, as a proxy in front of Usher would.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeSlowPicture } from '../test/makers/make-slow-picture.ts';
import { TOKEN } from './chat-crowd.ts';
import { type Guest, openGuest, sendFile } from './files-guest.ts';

export type FilesAttack = 'read' | 'deaf' | 'fill' | 'pictures';
export type FilesOrder = { prepare: string } | { attack: FilesAttack; seconds: number };
export interface FilesDone {
  /** In the words of the table. */
  what: string;
}

const ADDRESS = '10.6.6.6';
const FILE_BYTES = 10 * 2 ** 20;
const READERS = 24;
const DEAF = 40;
const GUESTS = 4;

interface World {
  url: string;
  /** Of a file that anybody may read who knows it. */
  path: string;
  guests: Guest[];
  picture: Buffer;
}

async function prepare(url: string): Promise<World> {
  const form = new FormData();
  form.append('file', new Blob([Buffer.alloc(FILE_BYTES, 7)]), 'large.bin');
  const headers = { authorization: `Bearer ${TOKEN}` };
  const answer = await fetch(`${url}/api/v1/attachments`, { method: 'POST', headers, body: form });
  const { id, name } = (await answer.json()) as { id: string; name: string };
  const guests = Array.from({ length: GUESTS }, (_, n) => openGuest(url, `10.6.0.${n}`));
  const picture = await makeSlowPicture();
  return { url, path: `/attachments/${id}/${name}`, guests: await Promise.all(guests), picture };
}

/** One download after another, or one that is never read: answers how many were answered and how often one was ended. */
async function read(
  { url, path }: World,
  { seconds, count, isDeaf }: { seconds: number; count: number; isDeaf: boolean },
): Promise<FilesDone> {
  const until = Date.now() + seconds * 1000;
  let [opened, ended, bytes] = [0, 0, 0];
  const sit = async (): Promise<void> => {
    while (Date.now() < until) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      opened += 1;
      socket.on('error', () => {});
      socket.on('data', (data) => {
        bytes += data.length;
      });
      const lines = [`GET ${path} HTTP/1.1`, 'Host: x', `X-Forwarded-For: ${ADDRESS}`];
      socket.write(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`);
      if (isDeaf) socket.pause();
      const closed = once(socket, 'close').then(() => {
        ended += 1;
      });
      await Promise.race([closed, sleep(Math.max(0, until - Date.now()))]);
      socket.destroy();
    }
  };
  await Promise.all(Array.from({ length: count }, sit));
  const megabytes = Math.round(bytes / 2 ** 20);
  return {
    what: isDeaf
      ? `${count} connections at a time that ask for a file of 10 MiB and never read, ${opened} in all`
      : `${count} connections at a time that fetch a file of 10 MiB, ${ended} ended, ${megabytes} MiB`,
  };
}

async function fill({ url, guests }: World, seconds: number): Promise<FilesDone> {
  const until = Date.now() + seconds * 1000;
  const bytes = Buffer.alloc(FILE_BYTES, 7);
  let [kept, refused] = [0, 0];
  const work = async (guest: Guest): Promise<void> => {
    while (Date.now() < until) {
      const { status } = await sendFile(url, guest, { bytes, address: ADDRESS });
      if (status === 201) kept += 1;
      else {
        refused += 1;
        await sleep(50);
      }
    }
  };
  await Promise.all([...guests, ...guests].map(work));
  return { what: `${kept * 10} MiB kept of 4 guests, ${refused} files refused` };
}

async function sendPictures({ url, guests, picture }: World, seconds: number): Promise<FilesDone> {
  const until = Date.now() + seconds * 1000;
  let [taken, refused] = [0, 0];
  const work = async (guest: Guest): Promise<void> => {
    while (Date.now() < until) {
      const sending = sendFile(url, guest, { bytes: picture, address: ADDRESS, type: 'image/gif' });
      const status = await Promise.race([
        sending.then((answer) => answer.status),
        sleep(Math.max(0, until - Date.now())),
      ]);
      if (status === 201) taken += 1;
      else {
        refused += 1;
        await sleep(200);
      }
    }
  };
  await Promise.all(guests.map(work));
  const megabytes = Math.round(picture.length / 2 ** 20);
  return {
    what: `4 guests send a picture of ${megabytes} MiB that takes long to draw; ${taken} drawn, ${refused} refused or not answered`,
  };
}

let world: World | null = null;
// The parent may have ended without saying so.
process.once('disconnect', () => process.exit());
process.on('message', async (order: FilesOrder | 'stop') => {
  if (order === 'stop') process.exit();
  if ('prepare' in order) {
    world = await prepare(order.prepare);
    return process.send?.({});
  }
  const { attack, seconds } = order;
  const there = world as World;
  const attacks: Record<FilesAttack, () => Promise<FilesDone>> = {
    read: () => read(there, { seconds, count: READERS, isDeaf: false }),
    deaf: () => read(there, { seconds, count: DEAF, isDeaf: true }),
    fill: () => fill(there, seconds),
    pictures: () => sendPictures(there, seconds),
  };
  return process.send?.(await attacks[attack]());
});
