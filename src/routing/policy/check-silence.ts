// What plans do about silence: something, in an order that is possible, with words, where what is said is known here.
import { channelKinds, isKnownKind } from '../../contract/channel-kinds.ts';
import type { Plan } from '../../contract/policy/plan.ts';
import { point } from '../../contract/policy/point.ts';
import type { Findings } from './findings.ts';
import type { NamedChannel } from './policy-names.ts';

export function checkSilence(
  plans: readonly Plan[],
  {
    channels,
    faults,
    warnings,
  }: { channels: readonly NamedChannel[]; faults: Findings; warnings: Findings },
): void {
  plans.forEach((plan, place) => {
    const path = point('plans', place, 'silence');
    checkAny(plan, path, faults);
    checkOrder(plan, path, faults);
    warnOfNoReminder(plan, path, warnings);
  });
  warnOfUnseen(plans, channels, warnings);
}

function checkAny({ name, silence }: Plan, path: string, faults: Findings): void {
  if (silence === undefined) return;
  const { agent, contact } = silence;
  if (agent === undefined && contact === undefined) {
    faults.add(path, () => ({
      code: 'silence.none',
      values: { plan: name },
      detail: `Plan “${name}” has silence without any duration.`,
      remedy: 'Add agent or contact, or remove silence.',
    }));
  }
  if (contact !== undefined && contact.remind === undefined && contact.close === undefined) {
    faults.add(`${path}${point('contact')}`, () => ({
      code: 'silence.contact-none',
      values: { plan: name },
      detail: `Plan “${name}” has silence.contact without any duration.`,
      remedy: 'Add remind or close, or remove contact.',
    }));
  }
}

function checkOrder({ name, silence }: Plan, path: string, faults: Findings): void {
  const { remind, close } = silence?.contact ?? {};
  if (remind === undefined || close === undefined || close > remind) return;
  faults.add(`${path}${point('contact', 'close')}`, () => ({
    code: 'silence.close-too-early',
    values: { plan: name, remind, close },
    detail: `Plan “${name}” ends the conversation after ${close} s of the contact’s silence, not later than it reminds the contact, after ${remind} s.`,
    remedy: `Write more than ${remind}, or remind earlier.`,
  }));
}

function warnOfNoReminder({ name, silence, words }: Plan, path: string, warnings: Findings): void {
  if (silence?.contact?.remind === undefined || words?.reminder !== undefined) return;
  warnings.add(`${path}${point('contact', 'remind')}`, () => ({
    code: 'silence.no-reminder',
    values: { plan: name },
    detail: `Plan “${name}” reminds the contact, but words.reminder is left out: nothing is said.`,
    remedy: 'Add words.reminder, or leave remind out.',
  }));
}

/** Of a policy that limits silence, each channel on which agents answer elsewhere. */
function warnOfUnseen(
  plans: readonly Plan[],
  channels: readonly NamedChannel[],
  warnings: Findings,
): void {
  const place = plans.findIndex(({ silence }) => silence !== undefined);
  if (place < 0) return;
  for (const { name, kind } of channels) {
    if (kind === undefined || !isKnownKind(kind)) continue;
    const { mirrors, desk } = channelKinds[kind];
    if (mirrors || desk === 'ours') continue;
    warnings.add(point('plans', place, 'silence'), () => ({
      code: 'silence.channel-unseen',
      values: { name },
      detail: `What is said on the channel “${name}” (${channelKinds[kind].name}) is not known here, so no silence counts there.`,
      remedy: 'Let its own system watch for silence there; on the other channels it counts.',
    }));
  }
}
