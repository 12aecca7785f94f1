/** Keys in a file on the server's volume. */
import * as z from 'zod';
import { choosable } from '../plugin';
import { SERVER_FOLDER } from '../pod-paths';
import type { KeyManagerPlan } from './key-manager';

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_keymanager_disk.md */
export const disk = choosable({
  key: 'disk',
  about: 'In a file on the volume of the server.',
  settings: z.strictObject({}),
  plan: (): KeyManagerPlan => ({
    plugin: 'disk',
    configuration: { keys_path: `${SERVER_FOLDER}/keys.json` },
    lastingFiles: ['keys_path'],
    keepsKeys: true,
  }),
});
