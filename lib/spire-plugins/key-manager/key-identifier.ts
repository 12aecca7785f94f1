/** The name under which a service keeps the keys of one SPIRE server. */
import { createHash } from 'node:crypto';
import type { PluginVariable } from '../plugin';
import type { ServerFacts } from '../server-facts';

const POD_NAME = 'POD_NAME';

/** With the name of one of the first ten pods, `-spire-server-0`, the identifier has the 36 characters of a UUID. */
const PREFIX_LENGTH = 21;
/** Of the name of the cluster, for people who look at the keys. */
const READABLE_LENGTH = 12;

interface KeyIdentifier {
  /** `key_identifier_value` of the plugin. */
  readonly value: string;
  readonly environment: readonly PluginVariable[];
}

/**
 * Each server needs an identifier of its own: with that of another server it would use the keys of that server. It finds its keys after
 * a restart without a disk, because pods of a StatefulSet keep their names. The hash tells clusters apart whose keys are in one place:
 * Vault and Cloud KMS do not look at the trust domain.
 *
 * The identifier has at most 40 characters, and 36 for the first ten pods: Cloud KMS takes no more, and SPIRE before 1.15.3 finds keys
 * in Cloud KMS only with an identifier as long as a UUID.
 *
 * @see spire pkg/server/plugin/keymanager/gcpkms/gcpkms.go buildConfig, v1.14.5 fetcher.go getSPIREKeyIDFromCryptoKeyName
 */
export function keyIdentifier({ trustDomain, cluster }: ServerFacts): KeyIdentifier {
  const hash = createHash('sha256').update(`${trustDomain}/${cluster}`).digest('hex');
  const prefix = `${cluster.slice(0, READABLE_LENGTH)}-${hash}`.slice(0, PREFIX_LENGTH);
  return {
    value: `${prefix}-$${POD_NAME}`,
    environment: [{ name: POD_NAME, field: 'metadata.name', inConfiguration: true }],
  };
}
