// The body of an agent_allocation webhook as Qiscus sends it today, each with a new room.
const candidate = {
  id: 190001,
  name: 'Lia',
  email: 'lia@travel.example',
  is_available: true,
  force_offline: false,
  type: 2,
  type_as_string: 'agent',
  avatar_url: null,
  created_at: '2025-01-15T03:04:05.000000Z',
  updated_at: '2025-03-15T03:04:05.000000Z',
};

export function allocationBody(appId: string, room: number): string {
  return JSON.stringify({
    app_id: appId,
    app_code: appId,
    source: 'wa',
    channel: { id: 6120, name: 'WhatsApp Jakarta', source: 'wa' },
    name: 'Ibu Ratna',
    email: `62812${room}`,
    avatar_url: 'https://cdn.example.com/avatars/wa.png',
    extras: '{"additional_extras":{"timezone_offset":7},"user_properties":{"tier":"gold"}}',
    is_new_session: true,
    is_resolved: false,
    latest_service: null,
    room_id: String(room),
    candidate_agent: candidate,
  });
}
