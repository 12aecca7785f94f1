/** Renders the first fleet file of a new repository: small, valid, and with the next steps in its comments. */
import { DEFAULTS } from '../../fleet/defaults';
import { hostName } from '../../formats/formats';

export interface NewFleet {
  readonly name: string;
  /** In the order of the command line. */
  readonly clusters: readonly NewCluster[];
  /** Minor version of the oldest kubelet of all clusters. */
  readonly kubernetes: string;
}

export interface NewCluster {
  readonly name: string;
  readonly trustDomain: string;
}

/** Renders the file as YAML. Values are quoted where YAML needs it. */
export function renderFleetFile({ name, clusters, kubernetes }: NewFleet): string {
  const [first, second = first] = clusters;
  return [
    '# yaml-language-server: $schema=./node_modules/cdk8s-spire/fleet.schema.json',
    '# Trust domains, federations, workloads and their calls. npm run synth writes dist/ from this file.',
    `fleet: ${scalar(name)}`,
    '',
    '# An upgrade of cdk8s-spire does not change these versions.',
    'versions:',
    `  spire: ${DEFAULTS.versions.spire}`,
    `  istio: ${DEFAULTS.versions.istio}`,
    `  kubernetes: ${JSON.stringify(kubernetes)} # of the oldest node`,
    '',
    'clusters:',
    ...clusters.flatMap(clusterLines),
    ...(clusters.length > 1
      ? ['federation:', `  - between: [${clusters.map((one) => scalar(one.name)).join(', ')}]`, '']
      : []),
    '# Workloads and the workloads that they call. Identities and policies follow from the calls. Uncomment to try:',
    '# workloads:',
    ...(first === undefined || second === undefined ? [] : trial(first, second)).map((line) => `#   ${line}`),
    '',
  ].join('\n');
}

function clusterLines({ name, trustDomain }: NewCluster, index: number): readonly string[] {
  const domain = domainOf({ name, trustDomain });
  const comment = index === 0 ? ' # a DNS name or IP address that peers can reach' : '';
  const gateway = index === 0 ? ' # receives calls from other clusters' : '';
  return [
    `  ${scalar(name)}:`,
    `    trustDomain: ${scalar(trustDomain)}`,
    `    bundleEndpoint: { address: ${scalar(`spire.${domain}`)} }${comment}`,
    `    gateway: { address: ${scalar(`mesh.${domain}`)} }${gateway}`,
    '',
  ];
}

/** The domain for host names. A trust domain need not be a valid DNS name. */
function domainOf({ name, trustDomain }: NewCluster): string {
  return hostName.check(`spire.${trustDomain}`) === undefined ? trustDomain : `${name}.example.org`;
}

/** Istio's sample application, called from another cluster if there is one. */
function trial(caller: NewCluster, called: NewCluster): readonly string[] {
  return [
    `greeter: { cluster: ${scalar(caller.name)}, preset: curl-greeter, calls: [bookinfo] }`,
    `bookinfo: { cluster: ${scalar(called.name)}, preset: bookinfo, host: ${scalar(`bookinfo.${domainOf(called)}`)} }`,
  ];
}

/** Unquoted if YAML reads it as the same string, otherwise quoted as in JSON, which is valid YAML. */
function scalar(value: string): string {
  const plain = /^[A-Za-z][A-Za-z0-9.-]*$/.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value);
  return plain ? value : JSON.stringify(value);
}
