// Tortures this very installation for as long as asked: servers under load and faults of every kind, judged round by round.
import { type Breach, type PromiseName, promises } from './breach.ts';
import { openStage } from './open-stage.ts';
import { type Phase, type RoundResult, runRound } from './run-round.ts';
import { allStrikes } from './strikes/strike-on.ts';
import { elapsed } from './world.ts';

export interface TortureOptions {
  /** Seconds; the last round's calm and judgement come on top. */
  seconds: number;
  seed: number;
  /** How many servers. */
  nodes: number;
  /** An empty one; undefined: one that is thrown away. */
  database: string | undefined;
  /** Aborted: it ends soon, with what was found so far. */
  stop: AbortSignal;
  /** Of the servers, other than this installation's. */
  program?: URL | undefined;
  onProgress(report: TortureReport): void;
}

export interface TortureReport {
  seed: number;
  seconds: number;
  nodes: number;
  /** Judged. */
  rounds: number;
  /** What it is doing, or was when it ended. */
  phase: Phase;
  /** How often each fault struck. */
  faults: Record<string, number>;
  /** Faults that could not strike here: why. */
  missing: Record<string, string>;
  /** How often each thing was done. */
  acts: Record<string, number>;
  /** How many things each promise was held against. */
  checked: Record<PromiseName, number>;
  /** The longest that somebody waited beside free agents after the last fault, in seconds. */
  servedSeconds: number;
  /** It ended before its time. */
  stopped: boolean;
  breaches: Breach[];
}

/** What is written down in one round is forgotten in the next, and the database emptied: memory and disk stay bounded. */
const ROUND_MS = 60_000;
/** The least that is worth a round. */
const SHORTEST_MS = 3000;
const PROGRESS_MS = 1000;

/** Ends with the first round that breaks a promise. */
export async function runTorture(options: TortureOptions): Promise<TortureReport> {
  const { stop, seed } = options;
  const began = elapsed();
  const stage = await openStage(options);
  const report = makeReport(options);
  const progress = setInterval(() => options.onProgress(report), PROGRESS_MS);
  const spent = () => elapsed() - began;
  try {
    const missing = allStrikes.map((one) => [one.name, one.missing(stage)] as const);
    report.missing = Object.fromEntries(missing.filter(hasReason));
    while (!stop.aborted && report.breaches.length === 0) {
      const leftMs = options.seconds * 1000 - spent();
      if (report.rounds > 0 && leftMs < SHORTEST_MS) break;
      const result = await runRound(stage, {
        ...{ seed: seed * 1000 + report.rounds, prefix: `r${report.rounds}-`, stop },
        ms: Math.max(SHORTEST_MS, Math.min(leftMs, ROUND_MS)),
        onStruck: (name) => add(report.faults, name),
        onPhase: (phase) => {
          report.phase = phase;
        },
        onAct: (what) => add(report.acts, what),
      });
      if (result !== null) note(report, result);
      await Promise.all(stage.nodes.map(({ node }) => node.stop()));
      // Where a promise was broken, whoever gave the database will want to look.
      if (report.breaches.length === 0) await stage.database.empty();
    }
  } finally {
    clearInterval(progress);
    report.stopped = stop.aborted;
    report.seconds = Math.round(spent() / 1000);
    await stage.close();
  }
  return report;
}

function note(report: TortureReport, { breaches, checked, servedMs }: RoundResult): void {
  report.rounds += 1;
  report.breaches = breaches;
  report.servedSeconds = Math.max(report.servedSeconds, Math.round(servedMs / 100) / 10);
  for (const [name, count] of Object.entries(checked)) add(report.checked, name, count);
}

const hasReason = (one: readonly [string, string | null]): one is readonly [string, string] =>
  one[1] !== null;

function makeReport({ seed, nodes }: TortureOptions): TortureReport {
  const checked = Object.fromEntries(Object.keys(promises).map((name) => [name, 0]));
  return {
    ...{ seed, nodes, seconds: 0, rounds: 0, phase: 'starting', faults: {}, missing: {}, acts: {} },
    checked: checked as Record<PromiseName, number>,
    ...{ servedSeconds: 0, stopped: false, breaches: [] },
  };
}

function add(counts: Record<string, number>, name: string, more = 1): void {
  counts[name] = (counts[name] ?? 0) + more;
}
