import { describe, expect, it } from 'vitest';
import { json, query, startStandIn } from '../../../test/makers/start-qiscus-stand-in.ts';

describe('reading rooms', () => {
  it.each([
    [404, { errors: 'gone' }, { ok: true, value: null }],
    [400, { errors: 'room not found' }, { ok: true, value: null }],
    [400, { errors: 'something else' }, { ok: false, failure: { kind: 'refused' } }],
    [200, { data: { customer_room: null } }, { ok: true, value: null }],
    [200, { data: {} }, { ok: false, failure: { kind: 'unavailable', status: 200 } }],
    [
      200,
      { data: { customer_room: { room_id: 5, is_waiting: 'false', is_resolved: true } } },
      { ok: true, value: { roomId: '5', isWaiting: false, isResolved: true } },
    ],
  ])('understands %i %j', async (status, body, expected) => {
    const { client, seen } = await startStandIn((_request, response) =>
      json(response, status, body),
    );
    expect(await client.readRoom('a/b')).toMatchObject(expected);
    expect(seen[0]?.url).toBe('/api/v2/customer_rooms/a%2Fb');
  });

  it('lists only those that truly wait, from all pages', async () => {
    const room = (id: number, state: object) => ({ room_id: `${id}`, is_waiting: true, ...state });
    const { client, seen } = await startStandIn((request, response) => {
      const isSecond = query(request).get('cursor_after') === 'next';
      const rooms = isSecond
        ? [room(3, {}), room(4, { is_waiting: false })]
        : [room(1, {}), room(2, { is_resolved: true })];
      const meta = { cursor_after: isSecond ? null : 'next', cursor_before: null };
      json(response, 200, { data: { customer_rooms: rooms }, meta });
    });
    const outcome = await client.listUnservedRooms();
    expect(outcome.ok && outcome.value.map((one) => one.roomId)).toEqual(['1', '3']);
    expect(seen[0]?.url).toContain('serve_status=unserved');
  });
});
