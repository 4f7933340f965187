// A bot for Usher in plain Node: it answers what it knows, and gives the rest to people with what it has found out.
// Start it: USHER_URL=https://usher.example USHER_TOKEN=… BOT_SECRET=whsec_… PORT=8080 node bot.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const tell = (text) => process.stdout.write(`${text}\n`);
const { USHER_URL, USHER_TOKEN, BOT_SECRET, PORT = '8080' } = process.env;
if (!USHER_URL || !USHER_TOKEN || !BOT_SECRET) {
  tell('Set USHER_URL, USHER_TOKEN and BOT_SECRET.');
  process.exit(1);
}

const MOST_BYTES = 1_000_000;
const MOST_AGE_SECONDS = 300;
const answers = [
  [/\b(open|hours|when)\b/i, 'We are open from 8 to 17, Monday to Friday.'],
  [/\b(thanks|thank you)\b/i, 'You are welcome!'],
];

const key = BOT_SECRET.startsWith('whsec_')
  ? Buffer.from(BOT_SECRET.slice('whsec_'.length), 'base64')
  : Buffer.from(BOT_SECRET);

/** As https://www.standardwebhooks.com says it. */
function isOurs(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': given = '' } = headers;
  if (!id || Math.abs(Date.now() / 1000 - Number(at)) > MOST_AGE_SECONDS) return false;
  const expected = createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest();
  return given.split(' ').some((one) => {
    const digest = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return digest.length === expected.length && timingSafeEqual(digest, expected);
  });
}

/** The key makes a repeat harmless. */
async function post(conversationId, verb, body, idempotencyKey) {
  const answer = await fetch(`${USHER_URL}/api/v1/conversations/${conversationId}/${verb}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${USHER_TOKEN}`,
      'content-type': 'application/json',
      ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) tell(`${verb}: ${answer.status} ${await answer.text()}`);
}

/** What the contact said last; null: nothing yet, or this event is about something else. */
function readSaid({ type, data, history = [] }) {
  if (type === 'message.created') return data.text;
  if (type !== 'conversation.assigned') return null;
  return history.findLast(({ authorKind }) => authorKind === 'contact')?.text ?? '';
}

async function act(event) {
  const said = readSaid(event);
  if (said === null) return;
  const { id, subjectId } = event;
  // The contact sees that somebody is at it; the answer ends that.
  await post(subjectId, 'typing', { typing: true });
  const say = (text) => post(subjectId, 'messages', { text }, id);
  if (said === '') return say('Hello! What can I do for you?');
  const order = /\border\s*#?(\d+)\b/i.exec(said)?.[1];
  if (order !== undefined) {
    const found = { reason: 'order', text: 'Asks about an order.', fields: { order } };
    return post(subjectId, 'handover', found, id);
  }
  const known = answers.find(([pattern]) => pattern.test(said));
  if (known !== undefined) return say(known[1]);
  return post(subjectId, 'handover', { reason: 'not-understood' }, id);
}

createServer((request, response) => {
  const chunks = [];
  let size = 0;
  request.on('data', (chunk) => {
    size += chunk.length;
    if (size > MOST_BYTES) request.destroy();
    else chunks.push(chunk);
  });
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    if (!isOurs(request.headers, body)) return response.writeHead(401).end();
    // Usher waits for this answer; the work comes after it.
    response.writeHead(204).end();
    act(JSON.parse(body.toString())).catch((error) => tell(error.stack));
  });
}).listen(Number(PORT), () => tell(`The bot listens on port ${PORT}.`));
