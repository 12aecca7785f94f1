/** All key managers, sorted by key. */
import type { Choice } from '../plugin';
import { type AwsKmsSettings, awsKms } from './aws-kms';
import { type AzureKeyVaultSettings, azureKeyVault } from './azure-key-vault';
import { disk } from './disk';
import { type GcpKmsSettings, gcpKms } from './gcp-kms';
import type { KeyManager } from './key-manager';
import { memory } from './memory';
import { type VaultKeysSettings, vault } from './vault';

export const KEY_MANAGERS: readonly KeyManager[] = [awsKms, azureKeyVault, disk, gcpKms, memory, vault];

export const DEFAULT_KEY_MANAGER = disk;

/** Chooses a key manager in a program, as `spire.server` does in a fleet. `settings` are those of a fleet. */
export const chooseKeyManager = {
  /** The Key Management Service of AWS. */
  awsKms: (settings: AwsKmsSettings): Choice => ({ key: awsKms.key, settings }),
  /** An Azure Key Vault. */
  azureKeyVault: (settings: AzureKeyVaultSettings): Choice => ({ key: azureKeyVault.key, settings }),
  /** Keys in a file on the volume of the server. */
  disk: (): Choice => ({ key: disk.key, settings: {} }),
  /** The Key Management Service of Google Cloud. */
  gcpKms: (settings: GcpKmsSettings): Choice => ({ key: gcpKms.key, settings }),
  /** In the memory of the server: each start makes a new CA, so the trust domain needs a root. */
  memory: (): Choice => ({ key: memory.key, settings: {} }),
  /** The transit engine of a HashiCorp Vault or OpenBao. */
  vault: (settings: VaultKeysSettings): Choice => ({ key: vault.key, settings }),
} as const;
