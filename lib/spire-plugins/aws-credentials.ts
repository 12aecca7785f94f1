/** Where a plugin that calls AWS gets the credentials of its pod. */
import type { PluginEgress } from './plugin';

/**
 * Where the AWS SDK gets credentials of the pod: the token service for a role of the ServiceAccount, the agent of EKS Pod
 * Identity, and the metadata service of the node. All plugins that call AWS have the same.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function awsCredentialsEgress(region: string): readonly PluginEgress[] {
  return [
    { policy: 'spire-server-aws-sts', address: `sts.${region}.amazonaws.com`, port: 443 },
    { policy: 'spire-server-aws-pod-identity', address: '169.254.170.23', port: 80 },
    { policy: 'spire-server-aws-metadata', address: '169.254.169.254', port: 80 },
  ];
}
