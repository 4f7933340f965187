// The one way to refuse a request, and what each refusal tells the caller.

const refusals = {
  'request.invalid': [400, 'The request is not valid.'],
  'cursor.invalid': [
    400,
    'The cursor is not one of ours. Send nextCursor of the page before unchanged, or none to begin.',
  ],
  'token.missing': [401, 'Send an API token: Authorization: Bearer <token>.'],
  'token.invalid': [401, 'The token is unknown, expired or revoked.'],
  'token.scope-unknown': [400, 'There is no such scope.'],
  'token.scope-too-wide': [
    403,
    'A limited token can only make tokens that are limited to the same scopes.',
  ],
  'endpoint.url-refused': [400, 'The address may not be called.'],
  'endpoint.event-unknown': [400, 'There is no such event.'],
  'push.endpoint-refused': [400, 'The address of the push service may not be called.'],
  'push.key-invalid': [400, 'The key p256dh is no point of the curve P-256.'],
  'push.not-found': [404, 'This session was sent no such push.'],
  'message.empty': [400, 'Say something, or attach a file.'],
  'attachment.too-large': [413, 'A file may have 10 MiB at most.'],
  'attachment.picture-too-large': [
    413,
    'The picture is too large: 50 megapixels at most, and fewer for an animation. Send a smaller one.',
  ],
  'upload.no-conversation': [409, 'Begin the conversation first: a file belongs to a message.'],
  'upload.budget-spent': [429, 'Too many files were sent today. Try again tomorrow.'],
  'simulation.not-found': [
    404,
    'There is no such simulation. Runs are kept for an hour, and a restart of the server loses them: run it again.',
  ],
  'simulation.too-many': [
    429,
    'As many simulations wait as may. End one of them, or try again when one is done.',
  ],
  'simulation.nothing-recorded': [409, 'Nothing came in that span. Choose another one.'],
  'updates.too-many': [
    429,
    'As many wait for the updates of this channel as may. End one of those that wait, or ask again in a few seconds without waiting.',
  ],
  'trial.too-many': [
    429,
    'As many trials of this workspace wait as may. Ask again in a few seconds, or check without trying.',
  ],
  'updates.forgotten': [
    410,
    'What followed this cursor is deleted. Begin without one, and read what was said in each open conversation: GET /api/v1/channels/{id}/messages.',
  ],
  'upload.workspace-full': [
    507,
    'This workspace has as many files as its operator allows. You can still send text.',
  ],
  'upload.no-room': [507, 'The server has no room for files now. You can still send text.'],
  'identity.not-verified': [403, 'identity not verified'],
  'identity.required': [403, 'This chat is for customers who have signed in.'],
  'origin.refused': [403, 'This chat may not be used on that site.'],
  'idempotency-key.under-way': [
    409,
    'A request with this Idempotency-Key is still under way. To get its answer, send it again in a few seconds with the same key.',
  ],
  'idempotency-key.reused': [
    422,
    'This Idempotency-Key was sent with another request. Make a new key for each request; repeat a key only with the same request.',
  ],
  'idempotency-key.too-many': [
    429,
    'More than 20,000 keys within 24 hours. Send requests that may run twice without an Idempotency-Key, or wait.',
  ],
  'session.not-yours': [403, 'This session belongs to somebody else.'],
  'role.insufficient': [403, 'The role, or the scopes of the token, may not do this.'],
  'channel.own-token-needed': [
    403,
    'This is for the program of the channel: send a token of that channel alone, with the scope channel:<its id>.',
  ],
  'agent.not-found': [404, 'There is no such agent.'],
  'channel.not-found': [404, 'There is no such channel.'],
  'channel.app-taken': [
    409,
    'Another channel has this app id, maybe in another workspace. Remove that one first.',
  ],
  'channel.secret-taken': [
    409,
    'Another channel has this webhook secret. Send another one, or leave it out: a new channel then gets one.',
  ],
  'channel.team-taken': [
    409,
    'Another channel takes the conversations of this team over. Take it back there first.',
  ],
  'channel.not-qiscus': [409, 'Only a Qiscus channel has this webhook.'],
  'channel.no-desk': [409, 'It is no Rocket.Chat channel with a token.'],
  'channel.not-rapidpro': [409, 'Only RapidPro sends bodies with GET.'],
  'qiscus.refused': [502, 'Qiscus refused it.'],
  'contact.not-found': [404, 'There is no such contact.'],
  'contact.without-email': [
    409,
    'The contact has no e-mail address to which a mail could go. Enter one at the contact first.',
  ],
  'contact.same': [
    409,
    'Both ids are the same contact. Name the guest, and the contact whom they turned out to be.',
  ],
  'contact.changed': [
    409,
    'Somebody has changed it since you read it. Read it again, and send what you still want.',
  ],
  'contact.merged-already': [
    409,
    'One of the two was merged into another contact meanwhile. Read both again.',
  ],
  'contact.merge-not-found': [404, 'This contact has no such merging.'],
  'contact.merge-undone': [409, 'This merging was taken back already.'],
  'contact.blocked': [403, 'This contact is blocked. Somebody in the office can lift that.'],
  'contact.blocked-already': [409, 'This contact is blocked already.'],
  'contact.not-blocked': [409, 'This contact is not blocked.'],
  'contact.not-confirmed': [
    409,
    'Send the contact’s display name, or its id, as confirm: what is erased does not come back.',
  ],
  'contact.busy': [
    409,
    'A conversation of this contact is open, or its agent still wraps it up. Close it first, or block the contact.',
  ],
  'network.invalid': [
    400,
    'Send an address, or a network such as 192.0.2.0/24: at least /16 of IPv4 or /32 of IPv6.',
  ],
  'network.blocked-already': [409, 'This network is blocked already.'],
  'network.too-many': [409, 'A workspace blocks 1,000 networks at most. Lift one first.'],
  'network.not-found': [404, 'No such network is blocked.'],
  'network.blocked': [403, 'This chat cannot be used from here.'],
  'conversation.not-found': [404, 'There is no such conversation.'],
  'attachment.not-found': [404, 'There is no such file.'],
  'picture.unavailable': [404, 'The picture cannot be fetched, or is not a picture.'],
  'message.not-found': [404, 'There is no such message.'],
  'ticket.department-unknown': [404, 'There is no such department.'],
  'delivery.not-found': [404, 'There is no such delivery.'],
  'endpoint.not-found': [404, 'There is no such endpoint.'],
  'automation.not-found': [404, 'There is no such automation.'],
  'automation.invalid': [400, 'The automation is not valid.'],
  'automation.name-taken': [409, 'Another automation has this name.'],
  'automation.too-many': [409, 'A workspace has 50 automations at most. Remove one first.'],
  'macro.not-found': [404, 'There is no such macro.'],
  'macro.invalid': [400, 'The macro is not valid.'],
  'macro.name-taken': [409, 'Another macro has this name.'],
  'macro.too-many': [409, 'A workspace has 200 macros at most. Remove one first.'],
  'saved-view.not-found': [404, 'There is no such view.'],
  'saved-view.not-yours': [403, 'Only whoever saved this view, or a supervisor, may change it.'],
  'saved-view.too-many': [
    409,
    'You keep 50 views of your own at most, and a team 50. Remove one first.',
  ],
  'conversation.too-many-tags': [409, 'A conversation has 50 tags at most.'],
  'session.not-found': [404, 'There is no such session.'],
  'policy.invalid': [400, 'The policy is not valid.'],
  'policy.version-not-found': [404, 'The policy has no such version.'],
  'policy.changed-since': [
    412,
    'Another version is in force than the one that If-Match names. Read it, see what changed, and send yours again.',
  ],
  'skill.not-found': [404, 'There is no such skill.'],
  'team.not-found': [404, 'There is no such team.'],
  'plan.not-found': [404, 'The policy in force has no such plan. GET /api/v1/plans lists them.'],
  'consult.not-found': [404, 'This agent is not asked about the conversation, or not any more.'],
  'operator.not-configured': [
    401,
    'This server has no operator: set USHER_OPERATOR_TOKEN for it, and send that token.',
  ],
  'operator.token-invalid': [401, 'This is for the operator: send USHER_OPERATOR_TOKEN.'],
  'workspace.is-default': [
    409,
    'The default workspace cannot be removed: the environment configures it.',
  ],
  'workspace.not-confirmed': [409, 'Send its slug as confirm: everything in it is deleted.'],
  'workspace.slug-taken': [409, 'Another workspace has this slug. Send another one.'],
  'workspace.not-found': [404, 'There is no such workspace.'],
  'token.not-found': [404, 'There is no such token.'],
  'route.not-found': [404, 'There is nothing at this path. /docs lists what there is.'],
  'agent.is-bot': [
    409,
    'A bot is a program: it has no e-mail address, no role of its own, no lease, and nobody signs in as it. Leave these out.',
  ],
  'agent.no-bot': [409, 'Only a bot has a webhook. Make the agent with "kind": "bot".'],
  'bot.flooding': [
    409,
    'The bot has written more messages than its plan allows after one of the contact’s. A person gets the conversation.',
  ],
  'conversation.not-with-bot': [
    409,
    'No bot has it. To give it to others, use transfer or requeue.',
  ],
  'handover.fields-too-large': [
    413,
    'The fields have more than 16 KiB of JSON. Send what a person must see at once, and keep the rest.',
  ],
  'endpoint.of-bot': [
    409,
    'It is a bot’s webhook: the events that it is told of are fixed. Make another endpoint for others.',
  ],
  'agent.at-capacity': [409, 'The agent has no room. A supervisor may send "force": true.'],
  'agent.limit-invalid': [
    400,
    'A limit names a kind of channel, such as webchat, or a channel by its name or id, once.',
  ],
  'agent.not-seen': [
    409,
    'The company’s presence system does not see this agent at work, so the agent cannot go online. Sign in there first; ATTENDANT_PRESENCE_TOPIC names whom it sees.',
  ],
  'agent.email-taken': [409, 'Another agent has this e-mail address.'],
  'agent.kept-elsewhere': [
    409,
    'Name and availability of this agent are kept in the outside system, which would undo this: change them there. To give the agent nothing here, set the capacity to 0.',
  ],
  'agent.listed-elsewhere': [
    409,
    'The outside system still lists this agent, so the agent would come back: remove them there first. To give the agent nothing here, set the capacity to 0.',
  ],
  'agent.unknown-to-channel': [409, 'The agent is not known in the channel’s outside system.'],
  'conversation.already-assigned': [
    409,
    'Another agent has this conversation. Transfer it instead.',
  ],
  'conversation.held-by-another': [
    409,
    'Another agent has this conversation. Take it over first: POST /api/v1/conversations/{id}/take-over. You can add a note without that.',
  ],
  'conversation.not-returnable': [
    409,
    'There is nobody to give it back to. Transfer it, or requeue it.',
  ],
  'conversation.sender-unavailable': [
    409,
    'Who handed it over is away or has no room. Put it back into the queue instead: POST /api/v1/conversations/{id}/requeue. A supervisor may send "force": true.',
  ],
  'consult.too-many': [
    409,
    'At most 5 colleagues are asked about a conversation at a time. End one first: POST /api/v1/conversations/{id}/end-consult.',
  ],
  'consult.of-holder': [409, 'This agent has the conversation. Ask somebody else.'],
  'whisper.to-oneself': [409, 'You have this conversation yourself. Write a note instead.'],
  'agent.reads-elsewhere': [
    409,
    'The agent works in an outside system, which shows no notes of Usher. Invite them as a user first.',
  ],
  'balance.changed': [
    409,
    'Something has changed since the plan was made. Nothing was moved. Look at the new plan.',
  ],
  'balance.not-found': [404, 'Of this re-balance nothing is left to give back.'],
  'conversation.not-offered': [409, 'It is not offered to this agent, or not any more.'],
  'conversation.offer-late': [409, 'The time to accept it is over: it goes to another agent.'],
  'conversation.already-parked': [
    409,
    'It is parked. Bring it back first: POST /api/v1/conversations/{id}/unpark.',
  ],
  'conversation.not-parked': [409, 'It is not parked.'],
  'conversation.not-accepted': [409, 'It is offered, and not accepted yet. Accept it first.'],
  'conversation.parked-nowhere': [
    409,
    'Its agents answer in the outside system, where nothing can be parked. Park it there if that system can, or give it back.',
  ],
  'parking.too-soon': [
    400,
    'The time must lie at least 5 seconds ahead. Leave it out to park until the contact writes.',
  ],
  'parking.too-late': [
    400,
    'The time may lie 366 days ahead at most. Leave it out to park until the contact writes.',
  ],
  'conversation.closed': [409, 'The conversation is closed.'],
  'conversation.not-assigned': [
    409,
    'Nobody has this conversation. Take it first: POST /api/v1/conversations/{id}/take-over.',
  ],
  'conversation.answered-elsewhere': [
    409,
    'It is answered in the outside system, where its agents write.',
  ],
  'message.not-taken': [409, 'The conversation is closed, or somebody else has it.'],
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
  'transcript.nobody-sends': [
    409,
    'Nothing here sends e-mail: an operator sets SMTP_URL and MAIL_FROM, or an endpoint that is bound to conversation.transcript-requested sends the transcript.',
  ],
  'group.name-taken': [409, 'The name is taken.'],
  'group.in-policy': [409, 'The policy names it. Change the policy first.'],
  'body.type-unknown': [415, 'Send the body as JSON, with content-type: application/json.'],
  'body.too-large': [413, 'The body is larger than 1 MiB.'],
  'server.busy': [503, 'The server is stopping or starting. Try again in a moment.'],
  'server.database-away': [503, 'The database does not answer. Try again in a few seconds.'],
  'settings.invalid': [400, 'The setting is not valid.'],
  'session.missing': [401, 'Nobody is signed in, or the session has ended. Sign in.'],
  'password.common': [
    400,
    'This password is among the first that attackers try. Choose another, such as a few words that do not belong together.',
  ],
  'second-factor.wrong-code': [
    403,
    'The code is wrong, too old, or already used. Wait for the next one.',
  ],
  'session.proof-needed': [
    403,
    'Prove first that it is you: POST /api/v1/session/proof. It holds for a quarter of an hour.',
  ],
  'session.proof-failed': [403, 'That does not prove who you are.'],
  'second-factor.required': [409, 'Your role signs in with a second factor. It cannot be removed.'],
  'second-factor.set-up': [409, 'A second factor is set up already. Remove it first.'],
  'second-factor.not-begun': [409, 'No second factor is being set up. Begin to set one up.'],
  'second-factor.needed': [
    401,
    'A code of the second factor is still missing: POST /api/v1/session/second-factor.',
  ],
  'second-factor.to-set-up': [
    401,
    'This role signs in with a second factor: POST /api/v1/session/second-factor/setup begins to set one up.',
  ],
  'sign-in.single-sign-on-only': [
    403,
    'People sign in here by the identity provider only. An operator can allow passwords again: npm run usher -- sign-in passwords on',
  ],
  'sign-in.failed': [401, 'E-mail or password wrong.'],
  'session.foreign-origin': [
    403,
    'A request with the session’s cookie must come from our own pages, but its Origin is missing or another one. Programs use a token.',
  ],
  'session.wrong-password': [403, 'The current password is wrong.'],
  'first-run.wrong-code': [
    403,
    'The code is wrong. The server shows it when it starts, and keeps it in first-run-code of its data directory.',
  ],
  'invite.not-found': [404, 'The invitation is unknown, used or expired. Ask for another.'],
  'user.not-found': [404, 'There is no such user.'],
  'oidc.failed': [403, 'The identity provider did not confirm who you are.'],
  'oidc.unverified': [403, 'The identity provider does not say that the address is verified.'],
  'oidc.unknown-user': [403, 'Nobody here has this address. Ask for an invitation.'],
  'oidc.bound-to-another': [
    403,
    'The account with this address belongs to somebody else at the identity provider. An admin may unlink it.',
  ],
  'oidc.not-configured': [404, 'No identity provider is set up here.'],
  'canned-reply.not-found': [404, 'There is no such canned reply.'],
  'tag.not-found': [404, 'There is no such tag.'],
  'status.not-found': [404, 'There is no such status.'],
  'status.archived': [409, 'The status is archived, so nobody can choose it. Choose another one.'],
  'status.only-away': [
    400,
    'A status says why somebody is away: send it with availability away, or alone.',
  ],
  'status.name-taken': [409, 'Another status has this name.'],
  'status.emoji-invalid': [400, 'emoji must be a single emoji, or null.'],
  'status.too-many': [
    409,
    'A workspace has at most 50 statuses in use, and 200 with the archived ones. Archive one, or rename an archived one and bring it back.',
  ],
  'shift.invalid': [400, 'The shifts are not valid.'],
  'shift.overlapping': [
    409,
    'A shift overlaps one that began before the time that is replaced. Replace from an earlier day on.',
  ],
  'status.order-incomplete': [400, 'Send the ids of all statuses in use, each once.'],
  'canned-reply.placeholder-unknown': [
    400,
    'The text has a placeholder that nobody fills. {name} and {agent} are filled.',
  ],
  'canned-reply.shortcut-taken': [409, 'Another canned reply has this shortcut.'],
  'tag.name-taken': [409, 'Another tag has this name.'],
  'conversation.nothing-unread': [
    409,
    'The contact has written nothing there that could be unread.',
  ],
  'conversation.not-closed': [409, 'The conversation is open.'],
  'conversation.closed-elsewhere': [
    409,
    'The outside system was told that it is closed, and that cannot be undone. The customer’s next message begins another conversation.',
  ],
  'contact.unreachable': [409, 'Nobody can write to the contact first over this channel.'],
  'contact.already-open': [409, 'The contact has an open conversation there: go on in that one.'],
  'conversation.visitor-gone': [
    409,
    'The visitor’s session is over, so nothing that is written there would reach them. When they come back they begin another conversation.',
  ],
  'conversation.superseded': [409, 'The customer has begun another conversation since.'],
  'statistics.not-configured': [404, 'No statistics are configured: set statisticsBaseEndpoint.'],
  'first-run.done': [409, 'There is already a first admin. Sign in.'],
  'mail.not-set-up': [
    409,
    'This server sends no mail. An operator sets SMTP_URL and MAIL_FROM; until then hand links over yourself.',
  ],
  'mail.too-many': [
    429,
    'As many mails as may went to this address, or from this workspace, within the hour. Try again later; MAIL_MOST_PER_HOUR is the limit of a workspace.',
  ],
  'user.email-taken': [409, 'Somebody else signs in with this e-mail address.'],
  'user.last-admin': [409, 'At least one admin must be able to sign in. Make another one first.'],
  'user.not-linked': [409, 'Nobody at an identity provider is linked to this user.'],
  'agent.has-user': [
    409,
    'Somebody signs in as this agent. Remove the user, or change the user’s role or address.',
  ],
  'request.too-many': [429, 'Too many requests at once. Wait a minute.'],
  'sign-in.too-many': [429, 'Too many wrong tries. Try again in a quarter of an hour.'],
  'sign-in.unavailable': [502, 'The company’s sign-in does not answer. Try again in a moment.'],
  'oidc.unavailable': [502, 'The identity provider does not answer. Try again in a moment.'],
  'statistics.unavailable': [
    502,
    'The company’s statistics are not available. Try again in a moment.',
  ],
  'assistance.not-set-up': [
    404,
    'No language model is set up here. An operator sets AI_BASE_URL and AI_MODEL.',
  ],
  'assistance.switched-off': [
    409,
    'It is switched off in this workspace. An admin can switch it on in the settings.',
  ],
  'assistance.nothing-said': [409, 'Nothing has been said yet that could be read.'],
  'assistance.too-long': [
    413,
    'The text is longer than the model may be sent. Shorten it, or raise AI_MOST_CHARACTERS.',
  ],
  'assistance.too-many': [429, 'The model has been asked too often. Try again later.'],
  'assistance.unreachable': [
    502,
    'The model’s server does not answer. See whether it runs, and whether AI_BASE_URL is its address.',
  ],
  'assistance.too-slow': [
    504,
    'The model did not answer in time. Try again, take a smaller model, or raise AI_TIMEOUT_MS.',
  ],
  'assistance.key-refused': [502, 'The model’s server refuses the key. Check AI_API_KEY.'],
  'assistance.model-unknown': [
    502,
    'The model’s server does not know the model or the address. Check AI_MODEL and AI_BASE_URL.',
  ],
  'assistance.busy': [
    502,
    'The model’s server has too much to do, or its quota is spent. Try again in a minute.',
  ],
  'assistance.refused': [502, 'The model’s server refused the request.'],
  'assistance.not-understood': [
    502,
    'What came back is no answer of a model. AI_BASE_URL must lead to a server that speaks OpenAI’s contract; it mostly ends with /v1.',
  ],
  'workspace.suspended': [
    403,
    'This workspace is suspended: nothing is taken, routed or delivered until the operator of this installation resumes it. Ask the operator.',
  ],
  'workspace.not-suspended': [409, 'There is no such workspace that is suspended.'],
  'workspace.too-fast': [
    429,
    'This workspace sends more requests a second than its operator allows. Send them more slowly.',
  ],
  'workspace.busy': [
    429,
    'This workspace sends more than its share while the server is busy for others. Send it again in a second.',
  ],
  'workspace.full': [
    429,
    'As many conversations are open in this workspace as its operator allows. Close some, or ask for a higher bound.',
  ],
  'server.failed': [500, 'Something broke on our side. The log has the details.'],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalCode = keyof typeof refusals;
export const refusalCodes = Object.keys(refusals) as RefusalCode[];

/** Thrown when a request cannot be granted. Anything else that is thrown is a bug or an outage. */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  /** As the framework names it, for the envelopes of other contracts. */
  readonly statusCode: number;
  /** What the problem says beside its text, for programs. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(code: RefusalCode, detail?: string, more: Readonly<Record<string, unknown>> = {}) {
    super(detail ?? refusals[code][1]);
    this.code = code;
    this.status = refusals[code][0];
    this.statusCode = this.status;
    this.more = more;
  }
}
