/** The connection to a HashiCorp Vault or an OpenBao, which several plugins of a SPIRE server can have. */
import * as z from 'zod';
import { serviceUrl, vaultPath } from '../formats/cloud-formats';
import { relativePath } from '../formats/formats';
import { text } from '../formats/schema-kit';
import { caFile, caPath } from './ca-file';
import type { PluginFile, PluginPlan } from './plugin';
import type { ServerFacts } from './server-facts';
import { urlEgress } from './url-egress';
import { vaultAuth, vaultLogin } from './vault-login';

/** @param engine what the fleet says of the engine, beside the connection */
export const vaultSettings = <Engine extends z.ZodRawShape>(engine: Engine) =>
  z.strictObject({
    address: text(serviceUrl, 'URL of Vault.'),
    ca: text(
      relativePath,
      "PEM file, relative to this file, with the certificates of Vault's CA. Default: the public CAs.",
      'trust/vault-ca.pem',
    ).optional(),
    namespace: text(
      vaultPath,
      'Namespace of Vault Enterprise or OpenBao. Default: the root namespace.',
      'team/spire',
    ).optional(),
    auth: vaultAuth,
    ...engine,
  });

export interface VaultConnection {
  readonly address: string;
  readonly ca?: string;
  readonly namespace?: string;
  readonly auth: z.output<typeof vaultAuth>;
}

/** The CA's file, if the settings name one. */
export function vaultFiles({ ca }: Pick<VaultConnection, 'ca'>): readonly PluginFile[] {
  return ca === undefined ? [] : [{ path: ca, place: ['ca'], what: "the certificates of Vault's CA" }];
}

/**
 * The parts of a plan that sign in to Vault. `configuration` lacks the engine.
 * @param use what the plugin uses Vault for, as a part of names: each plugin has volumes and variables of its own
 */
export function vaultPlan(
  { address, ca, namespace, auth }: VaultConnection,
  use: 'keys' | 'authority',
  { files = {} }: ServerFacts,
): Pick<
  PluginPlan,
  'configuration' | 'environment' | 'volumes' | 'mounts' | 'secrets' | 'egress' | 'verifiedByPublicCas'
> {
  const login = vaultLogin(auth, use);
  const name = `vault-${use}-ca`;
  const authority = caFile(name, ca, files);
  const egress = urlEgress(`spire-server-vault-${use}`, address);
  return {
    configuration: {
      vault_addr: address,
      namespace,
      ca_cert_path: ca && caPath(name),
      ...login.configuration,
    },
    environment: login.environment,
    volumes: [...authority.volumes, ...login.volumes],
    mounts: [...authority.mounts, ...login.mounts],
    secrets: login.secrets,
    egress: [egress],
    verifiedByPublicCas: ca === undefined ? egress.address : undefined,
  };
}
