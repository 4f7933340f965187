// Puts into a filled office what its people set up over time: rules, plans and hours, a web chat, macros, statuses.
import type { Office } from './start-office.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'];

const routing = {
  calendars: [
    {
      name: 'Office',
      timeZone: 'Asia/Jakarta',
      weekly: [{ days: weekdays, from: '08:00', to: '20:00' }],
      exceptions: [{ date: '2030-12-25' }, { date: '2030-12-24', from: '08:00', to: '12:00' }],
    },
  ],
  plans: [
    {
      name: 'Invoices',
      steps: [
        { after: 0, team: 'Billing', skills: { English: 1 } },
        { after: 120, team: 'Billing' },
        { after: 300, team: null, priority: 'high' },
      ],
      prefer: ['sticky', 'least-loaded', 'longest-idle'],
      sticky: { within: '30d', waitFor: 45 },
    },
    {
      name: 'Orders first',
      steps: [
        { after: 0, team: 'Orders' },
        { after: 180, team: null },
      ],
    },
    { name: 'Whoever is free', steps: [{ after: 0, team: null }] },
  ],
  rules: [
    {
      name: 'Gold customers',
      when: { all: [{ field: 'contact.attributes.tier', is: 'gold' }] },
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      then: { plan: 'Invoices', priority: 'high', addTags: ['complaint'] },
    },
    {
      name: 'Questions about an order',
      when: { all: [{ field: 'conversation.tags', is: 'delivery' }] },
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      then: { plan: 'Orders first' },
    },
    {
      name: 'Everybody else',
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      then: { plan: 'Whoever is free' },
    },
  ],
};

export async function dressOffice({ call, pool }: Office): Promise<void> {
  const { policy } = await call<{ policy: object }>('GET', '/api/v1/policy?names=true');
  await call('PUT', '/api/v1/policy', { ...policy, ...routing });
  const chat = { kind: 'webchat', name: 'Kopi Nusantara' };
  await call('POST', '/api/v1/channels', chat);
  for (const name of ['Lunch', 'Training', 'Meeting'])
    await call('POST', '/api/v1/statuses', { name });
  const close = { do: 'close' };
  const say = (text: string) => ({ do: 'message', texts: { en: text } });
  const macros = [
    { name: 'Solved, goodbye', actions: [say('Glad to have helped, {{name}}!'), close] },
    { name: 'Complaint to the record', actions: [{ do: 'add-tags', tags: ['complaint'] }] },
  ];
  for (const macro of macros) await call('POST', '/api/v1/macros', macro);
  await call('POST', '/api/v1/automations', {
    name: 'Mark what comes in at night',
    on: ['conversation.opened'],
    actions: [{ do: 'add-tags', tags: ['delivery'] }],
  });
  // What was sent in a second is spread over a day, in the same order; how long each took is chance.
  await pool.query(
    `update delivery d set created_at = created_at - make_interval(mins => 35 * back), done_at = done_at - make_interval(mins => 35 * back)
    from (select workspace_id, delivery_id, (row_number() over (order by delivery_id desc) - 1)::integer as back
      from delivery where event_id is not null) o
    where o.workspace_id = d.workspace_id and o.delivery_id = d.delivery_id`,
  );
  await pool.query('update delivery_attempt set latency_ms = 12');
}
