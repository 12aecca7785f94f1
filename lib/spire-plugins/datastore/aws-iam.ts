/** What the databases at AWS have in common that issue tokens to their clients in place of passwords. */
import { awsRegion } from '../../formats/cloud-formats';
import { text } from '../../formats/schema-kit';
import { awsCredentialsEgress } from '../aws-credentials';
import type { Cloud, PluginEgress, PluginRequirement } from '../plugin';
import type { TlsMode } from './sql-tls';

/** RDS refuses tokens without TLS. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html */
export const AWS_MODES = ['verify-full', 'require'] satisfies readonly TlsMode[];

export const awsSettings = { region: text(awsRegion, 'Region of the database.') };

/** What the server needs beside the database. */
export function awsPlan(region: string): {
  readonly cloud: Cloud;
  readonly egress: readonly PluginEgress[];
  readonly requirements: readonly PluginRequirement[];
} {
  return {
    cloud: 'aws',
    egress: awsCredentialsEgress(region),
    requirements: [
      {
        what: `an IAM role for the SPIRE server that allows \`rds-db:connect\` for the user of the database in ${region}`,
        why: 'the server signs in to its database with a token of IAM, and does not start without it',
      },
    ],
  };
}
