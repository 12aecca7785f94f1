/** Keys in the Key Management Service of AWS. */
import * as z from 'zod';
import { awsRegion } from '../../formats/cloud-formats';
import { text } from '../../formats/schema-kit';
import { awsEgress, awsEndpoint, endpointVariable } from '../aws';
import { awsCredentialsEgress } from '../cloud-credentials';
import { choosable } from '../plugin';
import { keyIdentifier } from './key-identifier';
import type { KeyManagerPlan } from './key-manager';

const settings = z.strictObject({
  region: text(awsRegion, 'Region of the keys.'),
  discovery: z
    .enum(['aliases', 'tags'])
    .optional()
    .describe(
      'How a server finds its keys after a restart. tags: by the Resource Groups Tagging API, which scales better; it needs SPIRE 1.15.2 or later. All servers of a trust domain must use the same. Default: aliases.',
    )
    .meta({ default: 'aliases' }),
  endpoint: awsEndpoint('kms').optional(),
});

export type AwsKmsSettings = z.input<typeof settings>;

const ACTIONS = [
  'CreateAlias',
  'CreateKey',
  'DeleteAlias',
  'DescribeKey',
  'GetPublicKey',
  'ListAliases',
  'ScheduleKeyDeletion',
  'Sign',
  'UpdateAlias',
].map((action) => `kms:${action}`);

const ACTIONS_OF_DISCOVERY = { aliases: ['kms:ListKeys'], tags: ['kms:TagResource', 'tag:GetResources'] } as const;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_keymanager_aws_kms.md */
export const awsKms = choosable({
  key: 'awsKms',
  about:
    'In the Key Management Service of AWS. The keys never leave that service: the server calls it for each signature.',
  settings,
  plan: ({ region, discovery = 'aliases', endpoint }, server): KeyManagerPlan => {
    const { value, environment } = keyIdentifier(server);
    const byTags = discovery === 'tags';
    return {
      plugin: 'aws_kms',
      cloud: 'aws',
      since: byTags ? '1.15.2' : undefined,
      configuration: {
        region,
        key_identifier_value: value,
        enable_tag_based_key_discovery: byTags ? true : undefined,
      },
      environment: [...environment, ...endpointVariable('kms', endpoint)],
      egress: [
        ...awsEgress('spire-server-aws-kms', `kms.${region}.amazonaws.com`, endpoint),
        ...awsCredentialsEgress(region),
      ],
      requirements: [
        {
          what: `an IAM role for the SPIRE server that allows ${[...ACTIONS, ...ACTIONS_OF_DISCOVERY[discovery]].map((action) => `\`${action}\``).join(', ')} in ${region}`,
          why: 'the server makes the keys of its CA in AWS KMS, and signs each SVID there; it does not start without them. The policy of each key names this role alone; a change of the role leaves the server without its keys',
        },
      ],
      keepsKeys: true,
    };
  },
});
