// Web chat is refused from an address or a network, until somebody lifts it.
import { v7 as uuid } from 'uuid';
import { parseAllowedNetworks } from '../addresses/allowed-networks.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { UNIQUE_VIOLATION } from '../store/constraint-codes.ts';
import {
  deleteNetworkBlock,
  endSessionsWithin,
  insertNetworkBlock,
  type NetworkBlockRow,
} from '../store/contact-blocks.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

const MOST_NETWORKS = 1000;

/** Sessions from there end. Refuses `network.invalid`, `network.blocked-already` and `network.too-many`. */
export async function blockNetwork(
  desk: Desk,
  args: { workspaceId: string; network: string; reason: string; actor: string },
): Promise<NetworkBlockRow> {
  const { workspaceId, reason, actor } = args;
  const network = readNetwork(args.network);
  const blocking = commit(desk, workspaceId, async (tx, after) => {
    const block = { workspaceId, blockId: uuid(), network, reason, by: actor };
    const row = await insertNetworkBlock(tx, { ...block, most: MOST_NETWORKS });
    if (row === null) throw new Refused('network.too-many');
    const ended: string[] = [];
    const writing = after({ rights: () => ended });
    ended.push(...(await endSessionsWithin(writing, { workspaceId, network })));
    const entry = { workspaceId, actor, action: 'network.blocked', objectId: row.blockId };
    await addAuditEntry(tx, { ...entry, change: { network: row.network, reason } });
    return row;
  });
  return blocking.catch((error: { code?: string }) => {
    if (error.code === UNIQUE_VIOLATION) throw new Refused('network.blocked-already');
    throw error;
  });
}

/** Refuses `network.not-found`. */
export async function unblockNetwork(
  desk: Desk,
  { workspaceId, blockId, actor }: { workspaceId: string; blockId: string; actor: string },
): Promise<void> {
  await commit(desk, workspaceId, async (tx) => {
    const network = await deleteNetworkBlock(tx, { workspaceId, blockId });
    if (network === null) throw new Refused('network.not-found');
    const entry = { workspaceId, actor, action: 'network.unblocked', objectId: blockId };
    await addAuditEntry(tx, { ...entry, change: { network } });
  });
}

/** A wider one would shut out whole countries. Refuses `network.invalid`. */
function readNetwork(text: string): string {
  const read = parseAllowedNetworks(text);
  const [first, ...more] = read.ok ? read.networks : [];
  if (first === undefined || more.length > 0) throw new Refused('network.invalid');
  const [address, prefix] = first;
  if (prefix < (address.kind() === 'ipv4' ? 16 : 32)) throw new Refused('network.invalid');
  return `${address.toString()}/${prefix}`;
}
