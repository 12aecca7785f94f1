/** All key managers, sorted by key. */
import type { Choice } from '../plugin';
import { disk } from './disk';
import type { KeyManager } from './key-manager';
import { memory } from './memory';

export const KEY_MANAGERS: readonly KeyManager[] = [disk, memory];

export const DEFAULT_KEY_MANAGER = disk;

/** Chooses a key manager in a program, as `spire.server` does in a fleet. */
export const chooseKeyManager = {
  /** Keys in a file on the volume of the server. */
  disk: (): Choice => ({ key: disk.key, settings: {} }),
  /** In the memory of the server: each start makes a new CA, so the trust domain needs a root. */
  memory: (): Choice => ({ key: memory.key, settings: {} }),
} as const;
