/** Where plugins that call a cloud get the credentials of their pod. */
import type { Cloud, PluginEgress } from './plugin';

/**
 * The metadata service of the node. It has the same address in AWS, Azure and Google Cloud.
 * @see https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service
 */
export function metadataEgress(cloud: Cloud): PluginEgress {
  return { policy: `spire-server-${cloud}-metadata`, address: '169.254.169.254', port: 80 };
}

/**
 * Where the SDK of AWS gets credentials: the token service for a role of the ServiceAccount, the agent of EKS Pod
 * Identity, and the metadata service of the node.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function awsCredentialsEgress(region: string): readonly PluginEgress[] {
  return [
    { policy: 'spire-server-aws-sts', address: `sts.${region}.amazonaws.com`, port: 443 },
    { policy: 'spire-server-aws-pod-identity', address: '169.254.170.23', port: 80 },
    metadataEgress('aws'),
  ];
}
