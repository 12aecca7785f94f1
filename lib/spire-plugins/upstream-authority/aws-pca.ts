/** A private CA of AWS. */
import * as z from 'zod';
import { awsPrivateCa, awsRole } from '../../formats/cloud-formats';
import { text } from '../../formats/schema-kit';
import { arnParts, awsEgress, awsEndpoint } from '../aws';
import { awsCredentialsEgress } from '../cloud-credentials';
import { choosable } from '../plugin';
import { ROOT_MOUNT, ROOT_PATH, rootVolume } from '../root-volume';
import type { ServerFacts } from '../server-facts';
import type { UpstreamAuthorityPlan } from './upstream-authority';

/** Those of AWS that SPIRE, Go and Envoy verify. @see aws-sdk-go-v2 service/acmpca/types/enums.go */
const ALGORITHMS = ['RSA', 'ECDSA'].flatMap((key) => ['SHA256', 'SHA384', 'SHA512'].map((hash) => `${hash}WITH${key}`));

const settings = z.strictObject({
  arn: text(awsPrivateCa, 'ARN of the CA, which a person makes. It names the region too.'),
  signingAlgorithm: z
    .enum(ALGORITHMS)
    .optional()
    .describe(
      "Algorithm of the CA's signatures, of the family of its key. Default: the one with which the CA signed the request for its own certificate.",
    )
    .meta({ examples: ['SHA256WITHECDSA'] }),
  assumeRole: text(
    awsRole,
    'IAM role that the server assumes to call the CA, such as one in the account of the CA. Default: none.',
    'arn:aws:iam::123456789012:role/private-ca',
  ).optional(),
  endpoint: awsEndpoint('acm-pca').optional(),
});

export type AwsPcaSettings = z.input<typeof settings>;

const ACTIONS = ['DescribeCertificateAuthority', 'GetCertificate', 'IssueCertificate'].map(
  (action) => `\`acm-pca:${action}\``,
);

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_upstreamauthority_aws_pca.md */
export const awsPca = choosable({
  key: 'awsPca',
  about: 'A private CA of AWS (AWS Private CA), which must lead to the root of the trust domain.',
  settings,
  plan: ({ arn, signingAlgorithm, assumeRole, endpoint }, server): UpstreamAuthorityPlan => {
    const { partition, region } = arnParts(arn);
    const template = templateFor(server, partition);
    const role = assumeRole === undefined ? 'an IAM role for the SPIRE server' : `the IAM role \`${assumeRole}\``;
    return {
      plugin: 'aws_pca',
      cloud: 'aws',
      configuration: {
        region,
        certificate_authority_arn: arn,
        ca_signing_template_arn: template,
        signing_algorithm: signingAlgorithm,
        assume_role_arn: assumeRole,
        endpoint,
        // Publishes every root of the fleet's file, also one that the CA does not lead to yet.
        supplemental_bundle_path: ROOT_PATH,
      },
      volumes: [rootVolume(server)],
      mounts: [ROOT_MOUNT],
      egress: [
        ...awsEgress('spire-server-aws-pca', `acm-pca.${region}.amazonaws.com`, endpoint),
        ...awsCredentialsEgress(region),
      ],
      requirements: [
        {
          what: `the private CA \`${arn}\`, and ${role} that allows ${ACTIONS.join(', ')} on it${assumeRole === undefined ? '' : ', and lets the SPIRE server assume it'}`,
          why: `signs the CA of the SPIRE server, for ${server.caTtl}, by the template \`${template}\`. Its chain must end in the root that the fleet names, or peers refuse every SVID. It must be valid for ${server.caTtl} or longer, or it signs nothing; its path length must be ${casBelow(server)} or more, or absent. The SPIRE server asks for the CA at each start, and does not start without an answer`,
        },
      ],
      rotation: {
        publish:
          'have the server prepare a CA: it starts again with the file of both roots, and publishes both with this CA',
        sign: 'AWS cannot give a private CA another key. Write the ARN of a private CA under the new root into the fleet (`trust.authority.awsPca.arn`), run `synth` and apply the folder. Once the server has restarted, have it sign with a CA of that one.',
      },
      failure: {
        title: 'AWS Private CA signs no CA',
        signs: [
          'The server logs `Unable to rotate X509 CA`, and later nobody renews an SVID; or it does not start and logs `Failed to configure plugin`.',
          'The reason is in its log:',
        ],
        shownBy: [],
        logged: 'Unable to rotate X509 CA|Failed to configure plugin|invalid state for issuance',
        remedy: [
          '- `AccessDeniedException`: the IAM role lacks an action on the CA, or the policy of the CA leaves out its account.',
          '- `failed to refresh cached credentials`: the ServiceAccount has no role, or the role does not trust it.',
          '- `invalid state for issuance`, with a status such as `EXPIRED` or `DISABLED`: renew the CA under the same root, or enable it.',
          '- `ValidationException`: the CA ends before the CA of the server would, or the signing algorithm does not fit its key.',
          '- A timeout: the region, its endpoint or the network is down.',
          '',
          'A running server asks again by itself. Agents attest anew by themselves.',
        ],
      },
    };
  },
});

/** CAs of SPIRE that a CA of the server must allow below itself, and the private CA below the server's own. */
function casBelow({ nestedRootPem }: ServerFacts): number {
  return nestedRootPem === undefined ? 1 : 2;
}

/**
 * Signs a CA with the path length that the server needs: SPIRE's default has 0, under which no nested server can have a CA. The
 * ARN of a template has the partition of the CA.
 *
 * @see https://docs.aws.amazon.com/privateca/latest/userguide/UsingTemplates.html
 */
function templateFor(server: ServerFacts, partition: string): string {
  return `arn:${partition}:acm-pca:::template/SubordinateCACertificate_PathLen${casBelow(server) - 1}/V1`;
}
