/** Keys in the memory of the server alone. */
import * as z from 'zod';
import { choosable } from '../plugin';
import type { KeyManagerPlan } from './key-manager';

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_keymanager_memory.md */
export const memory = choosable({
  key: 'memory',
  about:
    'In the memory of the server: no key is ever on a disk, and each start makes a new CA and a new key for JWT-SVIDs. It needs a root, which the new CA leads to as well.',
  settings: z.strictObject({}),
  plan: (): KeyManagerPlan => ({ plugin: 'memory', configuration: {}, keepsKeys: false }),
});
