/** Keys in an Azure Key Vault. */
import * as z from 'zod';
import { azureVault } from '../../formats/cloud-formats';
import { text } from '../../formats/schema-kit';
import { metadataEgress } from '../cloud-credentials';
import { choosable } from '../plugin';
import { urlEgress } from '../url-egress';
import { keyIdentifier } from './key-identifier';
import type { KeyManagerPlan } from './key-manager';

const settings = z.strictObject({
  url: text(azureVault, 'URL of the vault, which a person makes.'),
});

export type AzureKeyVaultSettings = z.input<typeof settings>;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_keymanager_azure_key_vault.md */
export const azureKeyVault = choosable({
  key: 'azureKeyVault',
  about: 'In an Azure Key Vault. The keys never leave that service: the server calls it for each signature.',
  settings,
  plan: ({ url }, server): KeyManagerPlan => {
    const { value, environment } = keyIdentifier(server);
    return {
      plugin: 'azure_key_vault',
      cloud: 'azure',
      configuration: { key_vault_uri: url, key_identifier_value: value },
      environment,
      egress: [urlEgress('spire-server-azure-key-vault', url), metadataEgress('azure')],
      requirements: [
        {
          what: `the Azure Key Vault \`${url}\`, and an identity for the SPIRE server that may get, list, update, create and delete keys in it, and sign and verify with them`,
          why: 'the server makes the keys of its CA there, and signs each SVID there; it does not start without them. A key that no server has used for two weeks is deleted by the others',
        },
      ],
      keepsKeys: true,
    };
  },
});
