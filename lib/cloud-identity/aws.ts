/** A role of AWS IAM. The webhook of EKS gives the pods of an annotated ServiceAccount a token for it. */
import * as z from 'zod';
import { awsRole } from '../formats/cloud-formats';
import { text } from '../formats/schema-kit';
import { cloudIdentity } from './cloud-identity';

const settings = z.strictObject({
  role: text(awsRole, 'ARN of the role.'),
});

/** @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html */
export const aws = cloudIdentity({
  key: 'aws',
  name: 'AWS',
  about: 'A role of AWS IAM, which trusts the ServiceAccount of the server (IRSA).',
  settings,
  plan: ({ role }, { namespace, name }) => ({
    annotations: { 'eks.amazonaws.com/role-arn': role },
    // The SDK asks the token service of its region, whose name a NetworkPolicy cannot select.
    egress: [{ policy: 'spire-server-aws-sts', address: 'sts.amazonaws.com', port: 443 }],
    requirements: [
      {
        what: `the IAM role \`${role}\`, whose trust policy allows \`sts:AssumeRoleWithWebIdentity\` to \`system:serviceaccount:${namespace}:${name}\` of this cluster's OIDC provider`,
        why: 'the plugins of the SPIRE server call AWS with this role; the pod identity webhook of EKS, or your own, gives the server its token',
      },
    ],
  }),
});
