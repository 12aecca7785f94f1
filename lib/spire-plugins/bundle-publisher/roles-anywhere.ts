/** A trust anchor of AWS IAM Roles Anywhere, by which workloads outside of AWS get roles of AWS for their X.509-SVIDs. */
import * as z from 'zod';
import { awsRegion } from '../../formats/cloud-formats';
import { text } from '../../formats/schema-kit';
import { awsTrustAnchor } from '../../formats/storage-formats';
import { awsCredentialsEgress } from '../cloud-credentials';
import { urlEgress } from '../url-egress';
import { type BundlePublisherPlan, bundlePublisher } from './bundle-publisher';

const settings = z.strictObject({
  region: text(awsRegion, 'Region of the trust anchor.'),
  trustAnchor: text(awsTrustAnchor, 'ID of the trust anchor, which a person makes.'),
});

export type RolesAnywhereSettings = z.input<typeof settings>;

/** @see https://docs.aws.amazon.com/general/latest/gr/rolesanywhere.html, "Certificates per trust anchor" */
const MOST_CERTIFICATES = 2;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_bundlepublisher_aws_rolesanywhere_trustanchor.md */
export const rolesAnywhere = bundlePublisher({
  key: 'rolesAnywhere',
  about:
    'A trust anchor of AWS IAM Roles Anywhere, which holds two CA certificates at most. Workloads outside of AWS get roles of AWS for their X.509-SVIDs.',
  settings,
  plan: ({ region, trustAnchor }): BundlePublisherPlan => ({
    plugin: 'aws_rolesanywhere_trustanchor',
    target: `${trustAnchor} in ${region}`,
    mostCertificates: MOST_CERTIFICATES,
    configuration: { region, trust_anchor_id: trustAnchor },
    cloud: 'aws',
    egress: [
      urlEgress('spire-server-aws-roles-anywhere', `https://rolesanywhere.${region}.amazonaws.com`),
      ...awsCredentialsEgress(region),
    ],
    requirements: [
      {
        what: `the trust anchor \`${trustAnchor}\` of IAM Roles Anywhere in ${region}, of the type certificate bundle, and an IAM role for the SPIRE server that allows \`rolesanywhere:UpdateTrustAnchor\` on it`,
        why: 'the server keeps the CA certificates of the trust domain there; who may update the trust anchor may get every role that trusts it',
      },
    ],
  }),
});
