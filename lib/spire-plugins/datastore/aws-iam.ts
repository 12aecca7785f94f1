/** What the databases at AWS have in common that issue tokens to their clients in place of passwords. */
import { awsRegion } from '../../formats/cloud-formats';
import { text } from '../../formats/schema-kit';
import { awsCredentialsEgress } from '../cloud-credentials';
import type { ServerFacts } from '../server-facts';
import { type SqlSettings, sqlPlan } from './sql';
import type { TlsMode } from './sql-tls';

/** RDS refuses tokens without TLS. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html */
export const AWS_MODES = ['verify-full', 'require'] satisfies readonly TlsMode[];

export const awsSettings = { region: text(awsRegion, 'Region of the database.') };

/** The parts of a plan that every database at AWS has. */
export function awsSqlPlan(
  settings: SqlSettings & { readonly region: string },
  defaultPort: number,
  server: ServerFacts,
) {
  const { region } = settings;
  const { requirements, egress, ...plan } = sqlPlan(settings, defaultPort, server);
  return {
    ...plan,
    cloud: 'aws' as const,
    egress: [...egress, ...awsCredentialsEgress(region)],
    requirements: [
      ...requirements,
      {
        what: `an IAM role for the SPIRE server that allows \`rds-db:connect\` for the user of the database in ${region}`,
        why: 'the server signs in to its database with a token of IAM, and does not start without it',
      },
    ],
    isShared: true,
  };
}
