// The one way in which a request is refused, and what each refusal tells the caller.

const refusals = {
  'request.invalid': [400, 'The request is not valid.'],
  'cursor.invalid': [
    400,
    'The cursor is none of ours. Send nextCursor of the page before as it came, or none to begin.',
  ],
  'token.missing': [401, 'Send an API token: Authorization: Bearer <token>.'],
  'token.invalid': [401, 'The token is unknown, expired or revoked.'],
  'endpoint.url-refused': [400, 'The address may not be called.'],
  'endpoint.event-unknown': [400, 'There is no such event.'],
  'message.empty': [400, 'Say something, or attach a file.'],
  'attachment.too-large': [413, 'A file may have 10 MiB at most.'],
  'role.insufficient': [403, 'The token’s role may not do this.'],
  'agent.not-found': [404, 'There is no such agent.'],
  'channel.not-found': [404, 'There is no such channel.'],
  'contact.not-found': [404, 'There is no such contact.'],
  'conversation.not-found': [404, 'There is no such conversation.'],
  'attachment.not-found': [404, 'There is no such file.'],
  'message.not-found': [404, 'There is no such message.'],
  'ticket.department-unknown': [404, 'There is no such department.'],
  'delivery.not-found': [404, 'There is no such delivery.'],
  'endpoint.not-found': [404, 'There is no such endpoint.'],
  'skill.not-found': [404, 'There is no such skill.'],
  'team.not-found': [404, 'There is no such team.'],
  'token.not-found': [404, 'There is no such token.'],
  'route.not-found': [404, 'There is nothing at this path. /docs lists what there is.'],
  'agent.at-capacity': [409, 'The agent has no room. A supervisor may send "force": true.'],
  'agent.email-taken': [409, 'Another agent has this e-mail address.'],
  'agent.unknown-to-channel': [409, 'The agent is not known in the channel’s outside system.'],
  'conversation.already-assigned': [
    409,
    'Another agent has this conversation. Transfer it instead.',
  ],
  'conversation.closed': [409, 'The conversation is closed.'],
  'conversation.not-assigned': [409, 'Nobody has this conversation.'],
  'conversation.answered-elsewhere': [
    409,
    'It is answered in the outside system, where its agents write.',
  ],
  'message.not-failed': [409, 'It has arrived or is still on its way.'],
  'ticket.contact-busy': [409, 'Visitor already has an open room'],
  'delivery.under-way': [409, 'It is being sent, or held until its endpoint is switched on.'],
  'endpoint.not-bound': [
    409,
    'The endpoint is bound to no event of this type. Name one it is bound to.',
  ],
  'external-message.no-endpoint': [
    409,
    'No endpoint takes external messages. Bind send_external_message to one that is switched on.',
  ],
  'group.name-taken': [409, 'The name is taken.'],
  'body.type-unknown': [415, 'Send the body as JSON, with content-type: application/json.'],
  'body.too-large': [413, 'The body is larger than 1 MiB.'],
  'server.busy': [503, 'The server is stopping or starting. Try again in a moment.'],
  'server.failed': [500, 'Something broke on our side. The log has the details.'],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalCode = keyof typeof refusals;

/** Thrown when a request cannot be granted. Anything else that is thrown is a bug or an outage. */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly status: number;

  constructor(code: RefusalCode, detail?: string) {
    super(detail ?? refusals[code][1]);
    this.code = code;
    this.status = refusals[code][0];
  }
}
