// An agent's message to a contact through the company's own system (gitple-events.md §5).

export interface ExternalMessageFacts {
  triggerId: string;
  at: string;
  appCode: string;
  agentId: string;
  text: string;
  contact: {
    id: string;
    externalId: string;
    anonymous: boolean;
    name: string | null;
    email: string | null;
    phone: string | null;
    lang: string | null;
    groups: readonly string[];
    tags: readonly string[];
    attributes: Record<string, unknown>;
  };
}

const languages = ['ko', 'en', 'ja', 'zh', 'vi'];

export function writeExternalMessage(facts: ExternalMessageFacts): Record<string, unknown> {
  const { contact } = facts;
  const known = Object.entries({
    name: contact.name,
    email: contact.email,
    phone: contact.phone,
  }).filter(([, value]) => value !== null);
  return {
    triggerId: facts.triggerId,
    ctime: new Date(facts.at).toISOString(),
    appCode: facts.appCode,
    type: 'send_external_message',
    from: { type: 'agent', id: facts.agentId },
    to: {
      type: 'user',
      id: contact.id,
      identifier: contact.externalId,
      anonymous: contact.anonymous,
      ...Object.fromEntries(known),
      lang: languageOf(contact.lang),
      groups: contact.groups,
      tags: contact.tags,
      meta: Object.fromEntries(
        Object.entries(contact.attributes).map(([key, value]) => [key, asText(value)]),
      ),
    },
    message: { type: 'text/plain', content: facts.text },
  };
}

/** pt-BR and the like become their language; languages that Gitple does not know become English. */
function languageOf(lang: string | null): string {
  const language = lang?.toLowerCase().split('-')[0] ?? 'en';
  return languages.includes(language) ? language : 'en';
}

/** The sample's values are strings. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
