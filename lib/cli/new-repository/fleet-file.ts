/** Writes the first fleet file of a new repository: small, valid, and with the next steps in its comments. */

export interface NewFleet {
  readonly name: string;
  /** In the order in which they were given. */
  readonly clusters: readonly NewCluster[];
}

export interface NewCluster {
  readonly name: string;
  readonly trustDomain: string;
}

/** YAML; what a person gave stands in it quoted where it has to be. */
export function renderFleetFile({ name, clusters }: NewFleet): string {
  const [first, second = first] = clusters;
  return [
    '# yaml-language-server: $schema=./node_modules/cdk8s-spire/fleet.schema.json',
    '# Trust domains, who trusts whom, who calls whom. npm run synth writes dist/ of it.',
    `fleet: ${scalar(name)}`,
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
  const comment = index === 0 ? ' # a DNS name or an IP address that peers reach' : '';
  const gateway = index === 0 ? ' # calls of other clusters arrive here' : '';
  return [
    `  ${scalar(name)}:`,
    `    trustDomain: ${scalar(trustDomain)}`,
    `    bundleEndpoint: { address: ${scalar(`spire.${trustDomain}`)} }${comment}`,
    `    gateway: { address: ${scalar(`mesh.${trustDomain}`)} }${gateway}`,
    '',
  ];
}

/** The sample of Istio, called from the other cluster where there is one. */
function trial(caller: NewCluster, called: NewCluster): readonly string[] {
  return [
    `greeter: { cluster: ${scalar(caller.name)}, preset: curl-greeter, calls: [bookinfo] }`,
    `bookinfo: { cluster: ${scalar(called.name)}, preset: bookinfo, host: ${scalar(`bookinfo.${called.trustDomain}`)} }`,
  ];
}

/** Plain where YAML reads it as the same text; else quoted as JSON is, which is YAML as well. */
function scalar(value: string): string {
  const plain = /^[A-Za-z][A-Za-z0-9.-]*$/.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value);
  return plain ? value : JSON.stringify(value);
}
