// An agent of the demonstration, who accepts what is assigned, types for a moment and answers.
import { keepConnected } from '../../browser/keep-connected.ts';

export interface ChatAgent {
  answers(): number;
  stop(): void;
}

interface Login {
  url: string;
  clientId: string;
  username: string;
  password: string;
}

interface Session {
  sessionTopic: string;
  sessionId: string;
  customer: { id: string; name: string };
}

const BEAT_MS = 10_000;
const TYPING_MS = { least: 900, more: 1600 };

export async function startChatAgent(options: {
  url: string;
  adminToken: string;
  name: string;
  say: (line: string) => void;
}): Promise<ChatAgent> {
  const { url, name, say } = options;
  const call = makeCall(url);
  const { id, token } = await hire(call, options);
  const greeted = new Set<string>();
  let answers = 0;
  const inTurn = makeTurns();
  const answer = (session: Session, content: string): Promise<void> =>
    inTurn(session.sessionId, () => write(session, content));
  const write = async (session: Session, content: string): Promise<void> => {
    const typing = `${session.sessionTopic}/server/typing`;
    await link.publish(typing, JSON.stringify({ typing: true }), 0);
    await delay(TYPING_MS.least + Math.random() * TYPING_MS.more);
    await link.publish(typing, JSON.stringify({ typing: false }), 0);
    const body = { clientMessageId: crypto.randomUUID(), content };
    await link.publish(`${session.sessionTopic}/server/messages`, JSON.stringify(body), 1);
    answers += 1;
  };
  const greet = async (session: Session): Promise<void> => {
    if (greeted.has(session.sessionId)) return;
    greeted.add(session.sessionId);
    say(`${name} has ${session.customer.name}.`);
    await link.publish('server/attendants/assign', writeAcceptance(id, session), 1);
    await link.subscribe([`${session.sessionTopic}/messages`]);
    await answer(session, `Hello, this is ${name} of Kopi Nusantara. How can I help you?`);
  };
  const hear = async ({ sessionInfo, message }: Heard): Promise<void> => {
    if (message.from.id !== sessionInfo.customer.id) return;
    say(`${sessionInfo.customer.name} → ${name}: ${message.content.slice(0, 80)}`);
    const viewed = JSON.stringify({ upToSeq: message.seq });
    await link.publish(`${sessionInfo.sessionTopic}/server/viewed`, viewed, 1);
    await answer(sessionInfo, replyTo(message.content, answers));
  };
  const link = keepConnected({
    credentials: async () => (await call('/api/v1/session/mqtt', {}, token)) as Login,
    filters: [`client/attendants/assign/${id}`],
    keepAliveSeconds: 30,
    onMessage: (topic, text) => {
      const body = JSON.parse(text);
      const done = topic.startsWith('client/attendants/assign/') ? greet(body) : hear(body);
      // Lost with the connection: the next one begins anew.
      done.catch(() => {});
    },
    onState: ({ kind }) => {
      if (kind === 'online') beat();
    },
  });
  const beat = () => {
    const body = JSON.stringify({ attendantInfo: { id, name } });
    link.publish('server/attendants/online', body, 1).catch(() => {});
  };
  const beating = setInterval(beat, BEAT_MS);
  return {
    answers: () => answers,
    stop: () => {
      clearInterval(beating);
      link.close();
    },
  };
}

function writeAcceptance(id: string, sessionInfo: Session): string {
  return JSON.stringify({ attendantInfo: { id }, sessionInfo, accepted: true });
}

/** One thing after the other with each visitor, as a person answers. */
function makeTurns() {
  const turns = new Map<string, Promise<void>>();
  return (key: string, act: () => Promise<void>): Promise<void> => {
    const turn = (turns.get(key) ?? Promise.resolve()).then(act);
    turns.set(
      key,
      turn.catch(() => {}),
    );
    return turn;
  };
}

async function hire(
  call: ReturnType<typeof makeCall>,
  { adminToken, name }: { adminToken: string; name: string },
): Promise<{ id: string; token: string }> {
  const made = await call('/api/v1/agents', { name, capacity: 5 }, adminToken);
  const { id } = made as { id: string };
  const grant = { name, role: 'agent', agentId: id };
  const { token } = (await call('/api/v1/tokens', grant, adminToken)) as { token: string };
  return { id, token };
}

interface Heard {
  sessionInfo: Session;
  message: { content: string; seq: number; from: { id: string } };
}

const replies: readonly [RegExp, string][] = [
  [/price|cost|how much|harga|berapa/i, 'A bag of 250 g is between Rp 95.000 and Rp 105.000.'],
  [/ship|deliver|send|kirim|when/i, 'We ship every weekday before three, and it takes two days.'],
  [/order|pesanan|track/i, 'Let me look: which number does your order have?'],
  [/thank|terima kasih|makasih|obrigad|감사/i, 'With pleasure! Is there anything else?'],
  [/bye|no\b|that.?s all/i, 'Then have a good day. You can end the chat at the top, and rate me.'],
  [/^\s*(hi|hello|hey|halo|oi|안녕)/i, 'Hello! What are you looking for?'],
];
const otherwise = [
  'I see. Could you tell me a little more?',
  'Good question, I have just asked the roaster. Anything else meanwhile?',
  'Yes, that should work. Shall I note it for your next order?',
];

function replyTo(content: string, turn: number): string {
  const known = replies.find(([pattern]) => pattern.test(content));
  return known?.[1] ?? (otherwise[turn % otherwise.length] as string);
}

function makeCall(url: string) {
  return async (path: string, body: unknown, token: string): Promise<unknown> => {
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
    return response.json();
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
