/** Keys in the Key Management Service of Google Cloud. */
import * as z from 'zod';
import { gcpKeyRing } from '../../formats/cloud-formats';
import { text } from '../../formats/schema-kit';
import { metadataEgress } from '../cloud-credentials';
import { choosable } from '../plugin';
import { urlEgress } from '../url-egress';
import { keyIdentifier } from './key-identifier';
import type { KeyManagerPlan } from './key-manager';

const settings = z.strictObject({
  keyRing: text(gcpKeyRing, 'Resource ID of the key ring, which a person makes.'),
});

export type GcpKmsSettings = z.input<typeof settings>;

const PERMISSIONS = [
  ...['create', 'getIamPolicy', 'list', 'setIamPolicy', 'update'].map((verb) => `cloudkms.cryptoKeys.${verb}`),
  ...['create', 'destroy', 'get', 'list', 'useToSign', 'viewPublicKey'].map(
    (verb) => `cloudkms.cryptoKeyVersions.${verb}`,
  ),
];

/** Pods whose identifier is as long as a UUID; see `keyIdentifier`. */
const PODS_OF_EVERY_VERSION = 10;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_keymanager_gcp_kms.md */
export const gcpKms = choosable({
  key: 'gcpKms',
  about:
    'In the Key Management Service of Google Cloud. The keys never leave that service: the server calls it for each signature.',
  settings,
  plan: ({ keyRing }, server): KeyManagerPlan => {
    const { value, environment } = keyIdentifier(server);
    return {
      plugin: 'gcp_kms',
      cloud: 'gcp',
      since: server.replicas > PODS_OF_EVERY_VERSION ? '1.15.3' : undefined,
      configuration: { key_ring: keyRing, key_identifier_value: value },
      environment,
      egress: [urlEgress('spire-server-gcp-kms', 'https://cloudkms.googleapis.com'), metadataEgress('gcp')],
      requirements: [
        {
          what: `the key ring \`${keyRing}\`, and a service account for the SPIRE server with ${PERMISSIONS.map((one) => `\`${one}\``).join(', ')} on it`,
          why: 'the server makes the keys of its CA in Cloud KMS, and signs each SVID there; it does not start without them. A key that no server has used for two weeks is destroyed by the others',
        },
      ],
      keepsKeys: true,
    };
  },
});
