/** All key managers, sorted by key. */
import { disk } from './disk';
import type { KeyManager } from './key-manager';

export const KEY_MANAGERS: readonly KeyManager[] = [disk];

export const DEFAULT_KEY_MANAGER = disk;
