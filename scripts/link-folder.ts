// Points a name to a folder in one step: a reader finds the old folder or the new one, always complete.
import { readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';

/** Removes the folder for which the name stood before. */
export async function linkFolder({
  link,
  folder,
}: {
  link: string;
  folder: string;
}): Promise<void> {
  const parent = dirname(link);
  const fresh = `${link}.${process.pid}`;
  // The link is relative, so that the parent of both can be copied and moved.
  await symlink(relative(parent, folder), fresh, 'dir');
  const target = await readlink(link).catch(() => null);
  const before = target === null ? null : resolve(parent, target);
  try {
    await rename(fresh, link);
  } catch {
    // There is a folder, or the system cannot replace links: then it takes two steps.
    await rm(link, { recursive: true, force: true });
    await rename(fresh, link);
  }
  if (before !== null && before !== resolve(folder)) {
    await rm(before, { recursive: true, force: true });
  }
}
