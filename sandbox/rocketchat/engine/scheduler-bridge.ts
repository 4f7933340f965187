// The engine's jobs by the world's clock, as Agenda has them: kept over restarts, a job that runs
// once is gone only when it has run well, a recurring one begins at once when it is registered.
import type {
  IOnetimeSchedule,
  IProcessor,
  IRecurringSchedule,
} from '@rocket.chat/apps-engine/definition/scheduler/index.js';
import { SchedulerBridge } from '@rocket.chat/apps-engine/server/bridges/SchedulerBridge.js';
import type { World } from '../world.ts';
import type { Kept, StoredJob } from './kept.ts';

const UNITS: Record<string, number> = { second: 1000, minute: 60_000, hour: 3_600_000 };

export class AppScheduler extends SchedulerBridge {
  private readonly world: World;
  private readonly kept: Kept;
  /** Told of each run, until it has ended. */
  private readonly track: (run: Promise<void>) => void;
  private readonly processors = new Map<string, IProcessor['processor']>();
  private readonly timers = new Map<string, () => void>();

  constructor(world: World, kept: Kept, track: (run: Promise<void>) => void) {
    super();
    this.world = world;
    this.kept = kept;
    this.track = track;
  }

  /** Jobs of before the restart run when their processors are there. */
  protected async registerProcessors(processors: IProcessor[], appId: string): Promise<void> {
    for (const { id, processor, startupSetting } of processors) {
      this.processors.set(id, processor);
      if (startupSetting?.type === 'recurring') {
        await this.scheduleRecurring({ ...startupSetting, id }, appId);
      }
    }
    for (const job of this.kept.jobs.values()) this.arm(job);
  }

  protected async scheduleOnce(job: IOnetimeSchedule, _appId: string): Promise<string> {
    const { id: name, when, data = {} } = job;
    const at = typeof when === 'string' ? this.world.clock.now() + toMs(when) : Number(when);
    return this.keep({ name, at, data, everyMs: null });
  }

  protected async scheduleRecurring(job: IRecurringSchedule, _appId: string): Promise<string> {
    const { id: name, interval, skipImmediate = false, data = {} } = job;
    for (const known of this.kept.jobs.values()) {
      if (known.name === name && known.everyMs !== null) await this.cancelJob(known.id, _appId);
    }
    const everyMs = typeof interval === 'number' ? interval : toMs(interval);
    const at = this.world.clock.now() + (skipImmediate ? everyMs : 0);
    return this.keep({ name, at, data, everyMs });
  }

  protected async cancelJob(jobId: string, _appId: string): Promise<void> {
    for (const { id, name } of [...this.kept.jobs.values()]) {
      if (id !== jobId && name !== jobId) continue;
      this.kept.jobs.delete(id);
      this.disarm(id);
    }
  }

  protected async cancelAllJobs(appId: string): Promise<void> {
    for (const { id, name } of [...this.kept.jobs.values()]) {
      if (name.endsWith(`_${appId}`)) await this.cancelJob(id, appId);
    }
  }

  /** The process ends: nothing runs any more, and the jobs stay. */
  stop(): void {
    for (const id of [...this.timers.keys()]) this.disarm(id);
  }

  private keep(given: Omit<StoredJob, 'id'>): string {
    const job = { ...given, id: `job-${this.kept.nextId++}`, data: { ...given.data } };
    this.kept.jobs.set(job.id, job);
    this.arm(job);
    return job.id;
  }

  private arm(job: StoredJob): void {
    if (this.timers.has(job.id) || !this.processors.has(job.name)) return;
    const wait = Math.max(0, job.at - this.world.clock.now());
    this.timers.set(
      job.id,
      this.world.clock.after(wait, () => this.track(this.run(job))),
    );
  }

  private disarm(id: string): void {
    this.timers.get(id)?.();
    this.timers.delete(id);
  }

  private async run(job: StoredJob): Promise<void> {
    const processor = this.processors.get(job.name);
    try {
      await (processor as unknown as (data: object) => Promise<void>)({
        ...job.data,
        jobId: job.id,
      });
      if (job.everyMs === null) this.kept.jobs.delete(job.id);
    } catch {
      // As Agenda: a job that fails is not tried again by itself.
    }
    if (!this.timers.delete(job.id) || job.everyMs === null || !this.kept.jobs.has(job.id)) return;
    job.at = this.world.clock.now() + job.everyMs;
    this.arm(job);
  }
}

/** As `1 minute` or `30 seconds`. */
function toMs(interval: string): number {
  const [, count = '0', unit = ''] = /^(\d+) ([a-z]+?)s?$/.exec(interval) ?? [];
  const ms = UNITS[unit];
  if (ms === undefined) throw new Error(`No interval: ${interval}`);
  return Number(count) * ms;
}
