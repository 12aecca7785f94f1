/** Writes the first fleet file of a new repository: small, valid, and with the next steps in its comments. */
import { DEFAULTS } from '../../fleet/defaults';
import { hostName } from '../../formats/formats';

export interface NewFleet {
  readonly name: string;
  /** In the order in which they were given. */
  readonly clusters: readonly NewCluster[];
  /** Minor version of the oldest kubelet of all clusters. */
  readonly kubernetes: string;
}

export interface NewCluster {
  readonly name: string;
  readonly trustDomain: string;
}

/** YAML; what a person gave stands in it quoted where it has to be. */
export function renderFleetFile({ name, clusters, kubernetes }: NewFleet): string {
  const [first, second = first] = clusters;
  return [
    '# yaml-language-server: $schema=./node_modules/cdk8s-spire/fleet.schema.json',
    '# Trust domains, who trusts whom, who calls whom. npm run synth writes dist/ of it.',
    `fleet: ${scalar(name)}`,
    '',
    '# A newer cdk8s-spire changes none of them.',
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
    '# Applications, and whom they call; all that a call needs follows from it. Take away the "# " to try:',
    '# workloads:',
    ...(first === undefined || second === undefined ? [] : trial(first, second)).map((line) => `#   ${line}`),
    '',
  ].join('\n');
}

function clusterLines({ name, trustDomain }: NewCluster, index: number): readonly string[] {
  const domain = domainOf({ name, trustDomain });
  const comment = index === 0 ? ' # a DNS name or an IP address that peers reach' : '';
  const gateway = index === 0 ? ' # calls of other clusters arrive here' : '';
  return [
    `  ${scalar(name)}:`,
    `    trustDomain: ${scalar(trustDomain)}`,
    `    bundleEndpoint: { address: ${scalar(`spire.${domain}`)} }${comment}`,
    `    gateway: { address: ${scalar(`mesh.${domain}`)} }${gateway}`,
    '',
  ];
}

/** What names of hosts are made of: a trust domain need not be a DNS name. */
function domainOf({ name, trustDomain }: NewCluster): string {
  return hostName.check(`spire.${trustDomain}`) === undefined ? trustDomain : `${name}.example.org`;
}

/** The sample of Istio, called from the other cluster where there is one. */
function trial(caller: NewCluster, called: NewCluster): readonly string[] {
  return [
    `greeter: { cluster: ${scalar(caller.name)}, preset: curl-greeter, calls: [bookinfo] }`,
    `bookinfo: { cluster: ${scalar(called.name)}, preset: bookinfo, host: ${scalar(`bookinfo.${domainOf(called)}`)} }`,
  ];
}

/** Plain where YAML reads it as the same text; else quoted as JSON is, which is YAML as well. */
function scalar(value: string): string {
  const plain = /^[A-Za-z][A-Za-z0-9.-]*$/.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value);
  return plain ? value : JSON.stringify(value);
}
