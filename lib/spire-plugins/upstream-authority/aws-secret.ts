/** An intermediate CA in AWS Secrets Manager. */
import * as z from 'zod';
import { awsRole, awsSecretArn } from '../../formats/cloud-formats';
import { text } from '../../formats/schema-kit';
import { arnParts, awsEgress, awsEndpoint, endpointVariable } from '../aws';
import { awsCredentialsEgress } from '../cloud-credentials';
import { choosable } from '../plugin';
import { demandsOnIntermediate } from './intermediate-ca';
import type { AuthorityFailure, UpstreamAuthorityPlan } from './upstream-authority';

const secretOf = (what: string, name: string) =>
  text(
    awsSecretArn,
    `ARN of the secret with ${what}, as plain text in PEM.`,
    `arn:aws:secretsmanager:eu-west-1:123456789012:secret:spire/${name}-AbCdEf`,
  );

const settings = z
  .strictObject({
    certificate: secretOf('the certificate of the CA, and of those between it and the root', 'certificate'),
    key: secretOf('the private key of the CA', 'key'),
    root: secretOf('what the file of `root` holds, which the server publishes', 'root'),
    assumeRole: text(
      awsRole,
      'IAM role that the server assumes to read the secrets. Default: none.',
      'arn:aws:iam::123456789012:role/spire-ca',
    ).optional(),
    endpoint: awsEndpoint('secretsmanager').optional(),
  })
  .superRefine(({ certificate, key, root }, context) => {
    const refuse = (path: string, reason: string): void =>
      context.addIssue({ code: 'custom', path: [path], params: { format: awsSecretArn, reason } });
    const { region } = arnParts(certificate);
    for (const [path, arn] of Object.entries({ key, root })) {
      if (arnParts(arn).region !== region)
        refuse(path, `SPIRE reads all secrets in one region, and certificate is in ${region}`);
    }
    if (key === certificate || key === root) refuse('key', 'a private key has a secret of its own');
  });

export type AwsSecretSettings = z.input<typeof settings>;

/** SPIRE's plugin for it is called awssecret. @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_upstreamauthority_awssecret.md */
export const awsSecret = choosable({
  key: 'awsSecret',
  about:
    'An intermediate CA in AWS Secrets Manager. The server reads it only when it starts: restart it after each change.',
  settings,
  plan: ({ certificate, key, root, assumeRole, endpoint }, server): UpstreamAuthorityPlan => {
    const { region } = arnParts(certificate);
    const role = assumeRole === undefined ? 'an IAM role for the SPIRE server' : `the IAM role \`${assumeRole}\``;
    return {
      plugin: 'awssecret',
      cloud: 'aws',
      configuration: {
        region,
        cert_file_arn: certificate,
        key_file_arn: key,
        bundle_file_arn: root,
        assume_role_arn: assumeRole,
      },
      environment: endpointVariable('secretsmanager', endpoint),
      egress: [
        ...awsEgress('spire-server-aws-secrets', `secretsmanager.${region}.amazonaws.com`, endpoint),
        ...awsCredentialsEgress(region),
      ],
      requirements: [
        {
          what: `the secrets \`${certificate}\`, \`${key}\` and \`${root}\` in AWS Secrets Manager, each as plain text in PEM and no JSON`,
          why: `intermediate CA under the root, its key, and the root, with which the SPIRE server signs: ${demandsOnIntermediate(server)}. The server publishes the third one as its root, so it must hold what the file of the fleet holds. Replace certificate and key at least ${server.caTtl}, the life of the server's CA, before the certificate ends, and restart the server: it reads them at its start alone, and does not start without them`,
        },
        {
          what: `${role} that allows \`secretsmanager:GetSecretValue\` on these secrets, and \`kms:Decrypt\` with the key that encrypts them unless it is that of AWS${assumeRole === undefined ? '' : '; it must let the SPIRE server assume it'}`,
          why: 'the SPIRE server reads the secrets with this role',
        },
      ],
      rotation: {
        publish: `put both roots into the secret \`${root}\`, restart the server and have it prepare a CA: it reads the secrets at its start alone, and publishes both roots with this CA`,
        publishesAtStart: true,
        sign: `Put an intermediate under the new root and its key into \`${certificate}\` and \`${key}\`, and have the server use them. It restarts, since it reads the secrets at its start alone.`,
        replacesSecrets: true,
      },
      failure: FAILURE,
    };
  },
});

const FAILURE: AuthorityFailure = {
  title: 'An intermediate CA in AWS Secrets Manager has ended or cannot be read',
  signs: [
    'The server logs `Unable to rotate X509 CA`, and later nobody renews an SVID; or it does not start and logs `Failed to configure plugin`.',
    'When the certificate ends:',
    '`aws secretsmanager get-secret-value --secret-id ARN --query SecretString --output text | openssl x509 -noout -enddate`.',
    'The log has the reason:',
  ],
  shownBy: [],
  logged: 'Unable to rotate X509 CA|Failed to configure plugin',
  remedy: [
    '- `already expired`: put a new certificate under the same root, and its key, into their secrets.',
    '- `certificate and private key do not match`: only one of the two was replaced.',
    '- `could not be validated with the provided bundle`: the certificate is not under the root in the third secret.',
    '- `unable to parse`: a secret holds JSON or a password in place of PEM.',
    '- `unable to read`: the IAM role does not allow it, the ServiceAccount has no role, or the service cannot be reached.',
    '',
    'Then restart the server: it reads the secrets at its start alone. Agents attest anew by themselves.',
  ],
};
