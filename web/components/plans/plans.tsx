// All plans of a policy: one is open beside their list.
import { IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import type { PolicyFault } from '../../../src/contract/policy/fault.ts';
import type { Plan } from '../../../src/contract/policy/plan.ts';
import { listMentions, renameInPolicy } from '../../../src/contract/policy/rename-in-policy.ts';
import { EntryHead } from '../../forms/entry-head.tsx';
import { EntryList, NoEntries, type Start } from '../../forms/entry-list.tsx';
import { faultsBelow, toneOf } from '../../forms/faults-at.ts';
import { freeName } from '../../forms/free-name.ts';
import { PlanEditor } from './plan-editor.tsx';
import { expertsFirst, planStarts } from './plan-starts.ts';
import { type PlanWorld, usePlanWorld } from './plan-world.ts';

interface PlansProps {
  policy: PolicyDocument;
  /** `stepName`: several changes of that name are taken back as one. */
  onChange(policy: PolicyDocument, stepName?: string): void;
  disabled: boolean;
  faults: readonly PolicyFault[];
  warnings: readonly PolicyFault[];
}

export function Plans(props: PlansProps) {
  const { policy, onChange, disabled, faults, warnings } = props;
  const { t } = useTranslation();
  const world = usePlanWorld();
  const plans = policy.plans ?? [];
  const [wanted, setChosen] = useState(0);
  const chosen = Math.min(wanted, plans.length - 1);
  const add = (plan: Plan) => {
    onChange({ ...policy, plans: [...plans, plan] });
    setChosen(plans.length);
  };
  const starts = useStarts({ world, taken: plans.map(({ name }) => name), add });
  const plan = plans[chosen];
  if (plan === undefined) {
    return (
      <NoEntries
        icon={<IconRoute size={22} />}
        title={t('routing.plansNone')}
        text={t('plans.noneText')}
        starts={starts}
        disabled={disabled}
      />
    );
  }
  return (
    <EntryList
      label={t('plans.list')}
      entries={plans.map(({ name }, place) => ({
        name,
        tone: toneOf({ faults, warnings }, `/plans/${place}`),
      }))}
      chosen={chosen}
      onChoose={setChosen}
      addLabel={t('plans.add')}
      starts={starts}
      disabled={disabled}
    >
      <OpenPlan key={chosen} {...props} place={chosen} plan={plan} world={world} onAdd={add} />
    </EntryList>
  );
}

function useStarts(args: {
  world: PlanWorld;
  taken: readonly string[];
  add(plan: Plan): void;
}): Start[] {
  const { world, taken, add } = args;
  const { t } = useTranslation();
  const [skill] = world.skills;
  const bodies = {
    ...planStarts,
    ...(skill !== undefined && { experts: expertsFirst(skill.name) }),
  };
  return (Object.entries(bodies) as [keyof typeof bodies, Omit<Plan, 'name'>][]).map(
    ([start, body]) => ({
      label: t(`plans.start.${start}`),
      hint: t(`plans.startHint.${start}`),
      add: () =>
        add({ name: freeName(t(`plans.startName.${start}`), taken), ...structuredClone(body) }),
    }),
  );
}

function OpenPlan(
  props: PlansProps & { place: number; plan: Plan; world: PlanWorld; onAdd(plan: Plan): void },
) {
  const { policy, onChange, disabled, place, plan, world, onAdd } = props;
  const { t } = useTranslation();
  const { plans = [], calendars = [] } = policy;
  const { name } = plan;
  const taken = plans.filter((one) => one !== plan).map((one) => one.name);
  const faults = faultsBelow(props.faults, `/plans/${place}`);
  const mentions = listMentions(policy, { list: 'plans', name });
  return (
    <>
      <EntryHead
        name={name}
        taken={taken}
        namedBy={mentions.map((one) => t(`routing.named.${one.kind}`, { name: one.name }))}
        disabled={disabled}
        error={faults.say('/name')}
        onRename={(to) => onChange(renameInPolicy(policy, { list: 'plans', from: name, to }))}
        onCopy={() => onAdd({ ...structuredClone(plan), name: freeName(name, [name, ...taken]) })}
        onRemove={() => onChange(withoutPlan(policy, place))}
      />
      <PlanEditor
        plan={plan}
        world={world}
        calendars={calendars.map((one) => one.name)}
        otherPlans={taken}
        disabled={disabled}
        faults={faults}
        warnings={faultsBelow(props.warnings, `/plans/${place}`)}
        onChange={(next, stepName) =>
          onChange(
            { ...policy, plans: plans.map((one, at) => (at === place ? next : one)) },
            stepName === undefined ? undefined : `plan ${place} ${stepName}`,
          )
        }
      />
    </>
  );
}

function withoutPlan(policy: PolicyDocument, place: number): PolicyDocument {
  const { plans = [], ...rest } = policy;
  const left = plans.filter((_one, at) => at !== place);
  return left.length === 0 ? rest : { ...rest, plans: left };
}
