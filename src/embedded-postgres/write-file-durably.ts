// Replaces a small file so that a crash leaves either the old content or the new one, on disk.

import { randomUUID } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * The new file is created exclusively and moved into place, so that root cannot be led by a
 * planted link when it writes into a directory of another user.
 */
export async function writeFileDurably(options: {
  path: string;
  content: string;
  mode: number;
  owner?: { uid: number; gid: number } | undefined;
}): Promise<void> {
  const { path, content, mode, owner } = options;
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', mode);
  try {
    await file.writeFile(content);
    if (owner !== undefined) await file.chown(owner.uid, owner.gid);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncDirectory(dirname(path));
}

/** Makes a creation or a rename in this directory survive a power cut. */
export async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
