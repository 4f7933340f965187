// Answers whoever follows no story: the newcomer who tries the shop's chat while a colleague stands in.
import { setTimeout as delay } from 'node:timers/promises';
import { keepConnected, type Link } from '../../../browser/keep-connected.ts';
import type { Conversation } from '../../../src/contract/conversation.ts';
import type { Member } from './found-company.ts';

export interface Improviser {
  /** Called again and again with how a conversation of theirs stands. */
  onSeen(conversation: Conversation): void;
  stop(): void;
}

const TYPING_MS = { least: 1200, more: 1400 };

const replies: readonly [RegExp, string][] = [
  [/price|cost|how much|harga|berapa/i, 'A bag of 250 g is between Rp 95.000 and Rp 105.000.'],
  [/ship|deliver|send|kirim|when/i, 'We ship every weekday before three, and it takes two days.'],
  [/order|pesanan|track/i, 'Let me look: which number does your order have?'],
  [/thank|terima kasih|makasih|obrigad|감사/i, 'With pleasure! Is there anything else?'],
  [/bye|no\b|that.?s all/i, 'Then have a good day. You can end the chat at the top, and rate me.'],
  [/^\s*(hi|hello|hey|halo|oi|안녕)/i, 'What are you looking for?'],
];
const otherwise = [
  'I see. Could you tell me a little more?',
  'Good question, I have just asked the roaster. Anything else meanwhile?',
  'Yes, that should work. Shall I note it for your next order?',
];

export function improvise(member: Member): Improviser {
  const { agentId, call } = member;
  const topics = new Map<string, string>();
  /** Up to which message each has been answered. */
  const answered = new Map<string, number>();
  let turn = 0;
  const link: Link = keepConnected({
    credentials: () => call('POST', '/api/v1/session/mqtt', {}),
    filters: [`client/attendants/assign/${agentId}`],
    keepAliveSeconds: 30,
    onMessage: (_, text) => {
      const { conversationId, sessionTopic } = JSON.parse(text) as Record<string, string>;
      if (conversationId && sessionTopic) topics.set(conversationId, sessionTopic);
    },
    onState: () => {},
  });
  const showTyping = async (id: string, typing: boolean): Promise<void> => {
    const topic = topics.get(id);
    if (topic === undefined) return;
    await link.publish(`${topic}/server/typing`, JSON.stringify({ typing }), 0).catch(() => {});
  };
  const answer = async ({ id, lastMessage }: Conversation, isFirst: boolean): Promise<void> => {
    const path = `/api/v1/conversations/${id}`;
    await call('POST', `${path}/read`, { upToSeq: lastMessage?.seq ?? 0 });
    await showTyping(id, true);
    await delay(TYPING_MS.least + Math.random() * TYPING_MS.more);
    await showTyping(id, false);
    const known = replies.find(([pattern]) => pattern.test(lastMessage?.text ?? ''));
    const said = known?.[1] ?? (otherwise[turn++ % otherwise.length] as string);
    const greeting = `Hello, this is ${member.name.split(' ')[0]} of Kopi Nusantara. `;
    await call('POST', `${path}/messages`, { text: isFirst ? `${greeting}${said}` : said });
  };
  return {
    onSeen: (conversation) => {
      const { id, lastMessage } = conversation;
      if (lastMessage?.authorKind !== 'contact') return;
      const before = answered.get(id);
      if (before !== undefined && before >= lastMessage.seq) return;
      answered.set(id, lastMessage.seq);
      // The conversation may end or be taken over at any moment.
      answer(conversation, before === undefined).catch(() => {});
    },
    stop: () => link.close(),
  };
}
