// Lists the settings that Usher gives its embedded PostgreSQL, each with its reason.

import { passedOn } from './clean-environment.ts';

const settings: { name: string; value: string; why: string }[] = [
  {
    name: 'listen_addresses',
    value: '127.0.0.1',
    why: 'Only this machine, and only with the generated password.',
  },
  {
    name: 'unix_socket_directories',
    value: '',
    why: 'A socket path may hold 107 bytes only and data directories can be deeper; TCP costs 0.01 ms more per statement (0.115 against 0.100 ms, 20,000 prepared SELECT 1).',
  },
  { name: 'max_connections', value: '100', why: 'Several pools of one small deployment.' },
  {
    name: 'shared_buffers',
    value: '256MB',
    why: 'The working set of a small desk; the memory is taken only as it fills.',
  },
  {
    name: 'effective_cache_size',
    value: '1GB',
    why: 'Tells the planner that the system caches files too.',
  },
  {
    name: 'random_page_cost',
    value: '1.1',
    why: 'Disks without moving heads; with the default of 4 the matching query scans the table.',
  },
  { name: 'jit', value: 'off', why: 'Compiling costs more than our short statements take.' },
  {
    name: 'max_parallel_workers_per_gather',
    value: '0',
    why: 'A report must not take the cores from routing, and containers have a /dev/shm of 64 MB.',
  },
  { name: 'fsync', value: 'on', why: 'A committed message survives a power cut.' },
  { name: 'full_page_writes', value: 'on', why: 'A half-written page can be repaired.' },
  { name: 'synchronous_commit', value: 'on', why: 'Who was told 200 must not lose the message.' },
  { name: 'wal_compression', value: 'on', why: 'Full pages are most of the log; disk is slower.' },
  {
    name: 'max_wal_size',
    value: '2GB',
    why: 'Fewer checkpoints under load, thus fewer full pages.',
  },
  {
    name: 'client_connection_check_interval',
    value: '5s',
    why: 'A statement of a killed Usher ends instead of holding its locks.',
  },
  { name: 'timezone', value: 'UTC', why: 'Times are shown in local time by who displays them.' },
  { name: 'log_timezone', value: 'UTC', why: 'Comparable with the log of Usher.' },
  { name: 'lc_messages', value: 'C', why: 'Usher reads the log when a start fails.' },
  { name: 'logging_collector', value: 'on', why: 'The log outlives the process that started it.' },
  { name: 'log_directory', value: '../log', why: 'Beside the cluster, relative to it.' },
  {
    name: 'log_filename',
    value: 'postgresql-%a.log',
    why: 'One file per weekday, overwritten a week later: the log cannot fill the disk slowly.',
  },
  { name: 'log_rotation_age', value: '1d', why: 'See log_filename.' },
  { name: 'log_rotation_size', value: '0', why: 'See log_filename.' },
  { name: 'log_truncate_on_rotation', value: 'on', why: 'See log_filename.' },
  { name: 'log_checkpoints', value: 'off', why: 'A line every five minutes hides the others.' },
];

/** The text of usher.conf, which postgresql.conf includes; `ALTER SYSTEM` still overrides it. */
export function serverSettings(): string {
  const lines = settings.flatMap(({ name, value, why }) => [
    `# ${why}`,
    `${name} = '${value}'`,
    '',
  ]);
  const head = '# Written by Usher at every start. Change a setting with ALTER SYSTEM, not here.';
  // What differs is restarted, so a server that still has an older Usher's secrets is not taken over.
  const environment = `# Of Usher's environment it has only ${passedOn.join(', ')}.`;
  return [head, environment, '', ...lines].join('\n');
}
