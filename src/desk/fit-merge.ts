// What a contact gets of one that is merged into it: only what it does not have. Pure.
import { MOST_ATTRIBUTES, MOST_CONTACT_TAGS } from '../contract/contact-bounds.ts';

export interface Mergeable {
  name: string | null;
  email: string | null;
  phone: string | null;
  lang: string | null;
  agentId: string | null;
  groups: readonly string[];
  tags: readonly string[];
  attributes: Readonly<Record<string, unknown>>;
}

/** As it is kept with the merging, so that it can be taken back. */
export interface Given {
  fields: Partial<Record<(typeof fields)[number], string>>;
  groups: string[];
  tags: string[];
  attributes: Record<string, unknown>;
}

const fields = ['name', 'email', 'phone', 'lang', 'agentId'] as const;
const MOST_GROUPS = 100;

/** `leftOut`: how many tags, groups and attributes are too many. */
export function fitMerge(kept: Mergeable, merged: Mergeable): { given: Given; leftOut: number } {
  const lacking = fields.filter((field) => kept[field] === null && merged[field] !== null);
  const groups = addMissing(kept.groups, merged.groups, MOST_GROUPS);
  const tags = addMissing(kept.tags, merged.tags, MOST_CONTACT_TAGS);
  const names = addMissing(
    Object.keys(kept.attributes),
    Object.keys(merged.attributes),
    MOST_ATTRIBUTES,
  );
  return {
    given: {
      fields: Object.fromEntries(lacking.map((field) => [field, merged[field] as string])),
      groups: groups.added,
      tags: tags.added,
      attributes: Object.fromEntries(names.added.map((name) => [name, merged.attributes[name]])),
    },
    leftOut: groups.leftOut + tags.leftOut + names.leftOut,
  };
}

function addMissing(kept: readonly string[], merged: readonly string[], most: number) {
  const fresh = merged.filter((one) => !kept.includes(one));
  const added = fresh.slice(0, Math.max(0, most - kept.length));
  return { added, leftOut: fresh.length - added.length };
}

export function give(kept: Mergeable, { fields, groups, tags, attributes }: Given): Mergeable {
  return {
    ...kept,
    ...fields,
    groups: [...kept.groups, ...groups],
    tags: [...kept.tags, ...tags],
    attributes: { ...kept.attributes, ...attributes },
  };
}

/** Only what is still as it was given: what somebody has changed since stays. */
export function takeBack(now: Mergeable, given: Given): Mergeable {
  const taken = fields.filter((field) => given.fields[field] !== undefined);
  const same = taken.filter((field) => now[field] === given.fields[field]);
  const isGiven = ([name, value]: [string, unknown]) =>
    Object.hasOwn(given.attributes, name) &&
    JSON.stringify(value) === JSON.stringify(given.attributes[name]);
  return {
    ...now,
    ...Object.fromEntries(same.map((field) => [field, null])),
    groups: now.groups.filter((one) => !given.groups.includes(one)),
    tags: now.tags.filter((one) => !given.tags.includes(one)),
    attributes: Object.fromEntries(
      Object.entries(now.attributes).filter((entry) => !isGiven(entry)),
    ),
  };
}
