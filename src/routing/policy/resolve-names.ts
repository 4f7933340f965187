// Names of teams, skills, agents and channels become ids where a policy comes in, and names again where it is shown.
import type { PolicyDocument } from '../../contract/policy/document.ts';
import type { Findings } from './findings.ts';
import { mapNames, type NamedPlace } from './map-names.ts';
import { adviseName } from './nearest-name.ts';
import type { NameIndex } from './policy-names.ts';

/** What is not known stays as it is written, and is found at fault. */
export function resolveNames(
  policy: PolicyDocument,
  names: NameIndex,
  faults: Findings,
): PolicyDocument {
  const taken = new Set<string>();
  return mapNames(policy, (place) => {
    const { kind, written, path } = place;
    const [id, ...others] = names.find(kind, written);
    if (id === undefined) sayUnknown(place, names, faults);
    if (others.length > 0) sayAmbiguous(place, faults);
    if (id === undefined || others.length > 0) return written;
    // A step's skills are a list by name: once by name and once by id is the same skill twice.
    const key = `${path.slice(0, path.lastIndexOf('/'))} ${id}`;
    if (kind === 'skill' && taken.has(key)) sayRepeated(place, faults);
    taken.add(key);
    return id;
  });
}

/** As people write it. What has been removed since stays an id. */
export function writeNames(policy: PolicyDocument, names: NameIndex): PolicyDocument {
  return mapNames(policy, ({ kind, written }) => names.nameOf(kind, written));
}

function sayUnknown({ kind, written, path }: NamedPlace, names: NameIndex, faults: Findings) {
  faults.add(path, () => ({
    code: `${kind}.unknown`,
    values: { name: written },
    detail: `There is no ${kind} “${written}”.`,
    remedy: adviseName(written, names.names(kind), `Make this ${kind} first, or leave it out.`),
  }));
}

function sayAmbiguous({ kind, written, path }: NamedPlace, faults: Findings) {
  faults.add(path, () => ({
    code: `${kind}.ambiguous`,
    values: { name: written },
    detail: `More than one ${kind} is called “${written}”.`,
    remedy: 'Write the e-mail address or the id of the one that you mean.',
  }));
}

function sayRepeated({ kind, written, path }: NamedPlace, faults: Findings) {
  faults.add(path, () => ({
    code: `${kind}.repeated`,
    values: { name: written },
    detail: `The step asks for the ${kind} “${written}” twice: once by name, once by id or in another case.`,
    remedy: 'Leave one of them out.',
  }));
}
