/** What a fleet file may say of a SPIRE server: which members of the families of plugins it has. */
import * as z from 'zod';
import { choiceOf } from '../spire-plugins/choice';
import { DATASTORES, DEFAULT_DATASTORE } from '../spire-plugins/datastore/catalog';
import { DEFAULT_KEY_MANAGER, KEY_MANAGERS } from '../spire-plugins/key-manager/catalog';

export const server = z
  .strictObject({
    datastore: choiceOf(DATASTORES)
      .optional()
      .describe(`Where the server keeps entries, attested nodes and bundles. Default: ${DEFAULT_DATASTORE.key}.`)
      .meta({ default: DEFAULT_DATASTORE.key }),
    keyManager: choiceOf(KEY_MANAGERS)
      .optional()
      .describe(`Where the server keeps the private keys of its CA. Default: ${DEFAULT_KEY_MANAGER.key}.`)
      .meta({ default: DEFAULT_KEY_MANAGER.key }),
  })
  .describe('Plugins of the server: each by its name, or as a map of that one key with settings.');
