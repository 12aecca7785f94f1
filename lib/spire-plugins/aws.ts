/** What the plugins that call an API of AWS have in common. */
import { serviceUrl } from '../formats/cloud-formats';
import { text } from '../formats/schema-kit';
import type { PluginEgress, PluginVariable } from './plugin';
import { urlEgress } from './url-egress';

/** Services whose plugins have no setting for the endpoint, with the part of the SDK's variable that names them. */
const SERVICES = { kms: 'KMS', secretsmanager: 'SECRETS_MANAGER' } as const;

/** As the names of their endpoints have them. */
type AwsService = keyof typeof SERVICES | 'acm-pca';

export const awsEndpoint = (service: AwsService) =>
  text(
    serviceUrl,
    'URL of another endpoint of the service, such as a VPC endpoint. Default: the public endpoint of the region.',
    `https://${service}.example.org`,
  );

/** The SDK takes the endpoint of a service from a variable. @see aws-sdk-go-v2 config/env_config.go, internal/configsources */
export function endpointVariable(
  service: keyof typeof SERVICES,
  endpoint: string | undefined,
): readonly PluginVariable[] {
  return endpoint === undefined ? [] : [{ name: `AWS_ENDPOINT_URL_${SERVICES[service]}`, value: endpoint }];
}

/** The parts of an ARN that matter to its reader. */
export function arnParts(arn: string): { readonly partition: string; readonly region: string } {
  const [, partition = '', , region = ''] = arn.split(':');
  return { partition, region };
}

/** @param policy name of the NetworkPolicy */
export function awsEgress(policy: string, publicHost: string, endpoint: string | undefined): readonly PluginEgress[] {
  return [urlEgress(policy, endpoint ?? `https://${publicHost}`)];
}
