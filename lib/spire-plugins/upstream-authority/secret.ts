/** An intermediate CA in a Secret that a person provides; SPIRE's plugin for it is called disk. */
import * as z from 'zod';
import * as formats from '../../formats/formats';
import { text } from '../../formats/schema-kit';
import { choosable } from '../plugin';
import { ROOT_MOUNT, ROOT_PATH, rootVolume } from '../root-volume';
import type { ServerFacts } from '../server-facts';
import { certificateEnded } from './certificate-in-secret';
import { demandsOnIntermediate } from './intermediate-ca';
import { certificateSettings, renewedByCertManager } from './intermediate-certificate';
import type { UpstreamAuthorityPlan } from './upstream-authority';

const VOLUME = 'upstream';
const FOLDER = '/run/spire/upstream';

/** Name of the Secret where a fleet does not give it. */
export const DEFAULT_SECRET = 'spire-upstream-ca';

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_upstreamauthority_disk.md */
export const secret = choosable({
  key: 'secret',
  about: 'An intermediate CA in a Secret, which a person provides or cert-manager renews.',
  settings: z.strictObject({
    name: text(
      formats.objectName,
      `Secret of type kubernetes.io/tls in the namespace of the server. Default: ${DEFAULT_SECRET}.`,
    )
      .optional()
      .meta({ default: DEFAULT_SECRET }),
    certificate: certificateSettings
      .optional()
      .describe(
        'Has cert-manager issue the intermediate into the Secret and renew it there. Default: a person provides the Secret.',
      )
      .meta({ examples: [{ issuer: 'spire-root' }] }),
  }),
  plan: ({ name = DEFAULT_SECRET, certificate }, server): UpstreamAuthorityPlan => ({
    plugin: 'disk',
    configuration: {
      cert_file_path: `${FOLDER}/tls.crt`,
      key_file_path: `${FOLDER}/tls.key`,
      // SPIRE signs with the intermediate only if it leads to one of these roots, which peers know.
      bundle_file_path: ROOT_PATH,
    },
    volumes: [{ name: VOLUME, secret: name }, rootVolume(server)],
    mounts: [{ name: VOLUME, path: FOLDER }, ROOT_MOUNT],
    ...(certificate === undefined ? providedByPerson(name, server) : renewedByCertManager(certificate, name, server)),
  }),
});

function providedByPerson(
  name: string,
  server: ServerFacts,
): Pick<UpstreamAuthorityPlan, 'secrets' | 'rotation' | 'failure'> {
  return {
    secrets: [
      {
        name,
        type: 'kubernetes.io/tls',
        keys: ['tls.crt', 'tls.key'],
        holds: 'intermediate CA',
        purpose: `intermediate CA under the root, which the SPIRE server signs with: ${demandsOnIntermediate(server)}; replace its content at least ${server.caTtl}, the life of the server's CA, before it ends (no restart needed)`,
      },
    ],
    rotation: {
      publish: 'have the server prepare a CA: only then does it read the file with both roots, and publish both',
      sign: `Put an intermediate under the new root into the Secret \`${server.namespace}/${name}\`, and have the server use it. It starts again because a kubelet takes a minute to renew a mounted Secret, and a CA that is prepared before is one under the old root.`,
      replacesSecrets: true,
    },
    failure: certificateEnded(server.namespace, name),
  };
}
