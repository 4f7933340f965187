// Refuses what would have a contact know more and more attributes and tags.
import { MOST_ATTRIBUTES, MOST_CONTACT_TAGS } from '../contract/contact-bounds.ts';
import { Refused } from '../errors.ts';

/** `now`: how many there are with the change. Removing is never refused. Refuses `request.invalid`. */
export function refuseGrowth(
  {
    attributes = {},
    tags = [],
  }: {
    attributes?: Readonly<Record<string, unknown>> | undefined;
    tags?: readonly string[] | undefined;
  },
  now: { attributes: number; tags: number },
): void {
  const adds = Object.values(attributes).some((value) => value !== null);
  if (adds && now.attributes > MOST_ATTRIBUTES) {
    const text = `A contact has at most ${MOST_ATTRIBUTES} attributes: remove some, by null, to add others.`;
    throw new Refused('request.invalid', text);
  }
  if (tags.length > 0 && now.tags > MOST_CONTACT_TAGS) {
    const text = `A contact has at most ${MOST_CONTACT_TAGS} tags: PATCH /api/v1/contacts/{id} replaces them.`;
    throw new Refused('request.invalid', text);
  }
}
