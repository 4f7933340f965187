// The one draft of the policy on the routing page: read, changed, taken back, and put in force as a whole.
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { diffPolicies } from '../../../src/contract/policy/diff-policies.ts';
import type {
  PolicyChange,
  PolicyDocument,
  PolicyVersion,
} from '../../../src/contract/policy/document.ts';
import type { PolicyFault } from '../../../src/contract/policy/fault.ts';
import { policyCheckQuery } from '../../api/policy-queries.ts';
import { useWordFaults } from '../naming/use-word-faults.ts';
import { useCan, useSession } from '../session/use-session.ts';
import {
  type Base,
  beginDraft,
  changeDraft,
  type Draft,
  followVersion,
  isDirty,
  redoStep,
  undoStep,
  withPart,
} from './draft-steps.ts';
import { type DraftKeeper, makeDraftKeeper } from './keep-draft.ts';
import { mergePolicies } from './merge-policies.ts';

export interface RoutingDraft {
  policy: PolicyDocument;
  /** What the draft began from: the version in force, unless somebody else has put a newer one. */
  base: Base;
  latest: PolicyVersion;
  changes: readonly PolicyChange[];
  dirty: boolean;
  /** Somebody else has put a newer version in force since the draft began. */
  isBehind: boolean;
  /** Whoever looks may change nothing. */
  readOnly: boolean;
  faults: readonly PolicyFault[];
  warnings: readonly PolicyFault[];
  canUndo: boolean;
  canRedo: boolean;
  /**
   * undefined: the policy does without that part.
   * `stepName`: several changes of that name are one step, as when a number is typed.
   */
  set<Part extends keyof PolicyDocument>(
    part: Part,
    value: PolicyDocument[Part] | undefined,
    stepName?: string,
  ): void;
  replace(policy: PolicyDocument): void;
  undo(): void;
  redo(): void;
  discard(): void;
  /** Puts the changes onto the newer version. */
  mergeTheirs(): void;
  /** It is in force by now. */
  begin(base: Base): void;
}

const Context = createContext<RoutingDraft | null>(null);

export function useDraft(): RoutingDraft {
  const draft = useContext(Context);
  if (draft === null) throw new Error('Only the routing page has a draft.');
  return draft;
}

export function DraftProvider({
  latest,
  children,
}: {
  latest: PolicyVersion;
  children: ReactNode;
}) {
  const [draft, setDraft] = useKeptDraft(latest);
  const readOnly = !useCan()('policy.write');
  const { base, present } = draft;
  const dirty = isDirty(draft);
  const changes = useMemo(() => diffPolicies(base.policy, present), [base, present]);
  const { faults, warnings } = useFindings(present);
  const value: RoutingDraft = {
    ...{ policy: present, base, latest, changes, dirty, readOnly, faults, warnings },
    isBehind: dirty && latest.version > base.version,
    canUndo: draft.past.length > 0,
    canRedo: draft.future.length > 0,
    set: (part, to, stepName) =>
      setDraft((now) => changeDraft(now, withPart(now.present, part, to), stepName)),
    replace: (policy) => setDraft((now) => changeDraft(now, policy)),
    undo: () => setDraft(undoStep),
    redo: () => setDraft(redoStep),
    discard: () => setDraft(beginDraft(latest)),
    mergeTheirs: () =>
      setDraft((now) => {
        const three = { base: now.base.policy, mine: now.present, theirs: latest.policy };
        return beginDraft(latest, mergePolicies(three));
      }),
    begin: (next) => setDraft(beginDraft(next)),
  };
  return <Context value={value}>{children}</Context>;
}

function useKeptDraft(latest: PolicyVersion) {
  const { workspace, user } = useSession();
  const [workspaceId, userId] = [workspace.id, user.id];
  const keeper: DraftKeeper = useMemo(
    () => makeDraftKeeper(localStorage, { workspaceId, userId }),
    [workspaceId, userId],
  );
  const [draft, setDraft] = useState<Draft>(() => keeper.read(latest));
  useEffect(() => setDraft((now) => followVersion(now, latest)), [latest]);
  useEffect(() => keeper.keep(draft), [keeper, draft]);
  return [draft, setDraft] as const;
}

const REST_MS = 400;

/** What the server finds in it, a moment after the last change; until then what it found before. */
function useFindings(policy: PolicyDocument) {
  const mayCheck = useCan()('policy.check');
  const [rested] = useDebouncedValue(policy, REST_MS);
  const { data } = useQuery({ ...policyCheckQuery(rested), enabled: mayCheck });
  return useWordFaults(data);
}
