// What Rocket.Chat is told of the customer whose conversation becomes a room.

export interface Customer {
  channelName: string;
  teamName: string | null;
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
}

/** Rocket.Chat makes one visitor of two who share an address, so that goes into fields of our own. */
export function describeVisitor(of: Customer): {
  name: string | null;
  fields: Record<string, string>;
} {
  const { contactName: name, contactEmail, contactPhone, channelName, teamName } = of;
  const given = { email: contactEmail, phone: contactPhone, channel: channelName, team: teamName };
  const fields = Object.entries(given).filter((field): field is [string, string] => !!field[1]);
  return { name, fields: Object.fromEntries(fields) };
}
