/** Proves that the proxies hold what SPIRE gave them: their SVID, and the roots of whom they must verify. */
import { X509Certificate } from 'node:crypto';
import type { Cluster } from '../cluster/cluster';
import { run } from '../machine/command';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { type ExpectedIdentity, expectedPods } from './expected-pods';
import { expect, type Proof } from './proof';

/** What a proxy holds, by the names of Istio's secret discovery. */
interface ProxySecrets {
  readonly svid: X509Certificate;
  /** Trust domain → certificates of its bundle. */
  readonly roots: ReadonlyMap<string, readonly X509Certificate[]>;
}

interface ProxyOwner {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly workload: string;
}

export const certificateProofs: readonly Proof[] = [
  {
    name: 'every proxy presents an SVID of SPIRE with the promised SPIFFE ID and names, and trusts whom it must verify and no other',
    prove: async (stage) => {
      const seen = await Promise.all(stage.clusters.map((cluster) => checkProxies(stage, cluster)));
      return seen.flat().join('; ');
    },
  },
];

async function checkProxies(stage: Stage, cluster: Cluster): Promise<readonly string[]> {
  const resolved = stage.resolveCluster(cluster);
  const seen: string[] = [];
  for (const { madeBy, identity } of expectedPods(resolved)) {
    if (identity === undefined) continue;
    const [namespace = '', name = ''] = madeBy.split('/');
    const owner = { cluster, namespace, workload: `deployment/${name}` };
    const trusts = [resolved.trustDomain, ...identity.federatesWith].sort();
    seen.push(
      await waitFor(`certificate of ${madeBy}`, () => checkProxy(stage, owner, identity, trusts), {
        timeout: 30,
        interval: 2,
      }),
    );
  }
  return seen;
}

async function checkProxy(
  stage: Stage,
  owner: ProxyOwner,
  { spiffeId, dnsNames }: ExpectedIdentity,
  trusts: readonly string[],
): Promise<string> {
  const { svid, roots } = await secretsOf(stage, owner);
  expect(/^O=SPIRE$/m.test(svid.subject), `its subject is ${svid.subject}`);
  const names = (svid.subjectAltName ?? '').split(', ').sort();
  const promised = [`URI:${spiffeId}`, ...dnsNames.map((name) => `DNS:${name}`)].sort();
  expect(names.join() === promised.join(), `it names ${names}, not ${promised}`);
  const trusted = [...roots.keys()].sort();
  expect(trusted.join() === trusts.join(), `it trusts ${trusted}, not ${trusts}`);
  for (const trustDomain of trusts) {
    const root = new X509Certificate(stage.fleet.rootOf(trustDomain));
    const held = roots.get(trustDomain) ?? [];
    expect(
      held.some(({ fingerprint256 }) => fingerprint256 === root.fingerprint256),
      `the root of ${trustDomain} is not among the ${held.length} that it holds`,
    );
  }
  return `${owner.workload.split('/')[1]}: O=SPIRE, ${names.join(', ')}, roots of ${trusted.join(' and ')}`;
}

interface SecretDump {
  readonly dynamicActiveSecrets: readonly {
    readonly name: string;
    readonly secret: Readonly<Record<string, unknown>>;
  }[];
}

/** Asks the proxy's admin interface through istioctl, as the walkthrough does. */
async function secretsOf(stage: Stage, { cluster, namespace, workload }: ProxyOwner): Promise<ProxySecrets> {
  const istioctl = stage.programs.path('istio', 'istioctl');
  const dump = JSON.parse(
    await run(cluster.enter([istioctl, 'proxy-config', 'secret', workload, '-n', namespace, '-o', 'json'])),
  ) as SecretDump;
  const find = (name: string): Readonly<Record<string, unknown>> => {
    const found = dump.dynamicActiveSecrets.find((secret) => secret.name === name);
    if (found === undefined) throw new Error(`the proxy has no secret named ${name}`);
    return found.secret;
  };
  const chain = find('default').tlsCertificate as { readonly certificateChain: { readonly inlineBytes: string } };
  const validation = find('ROOTCA').validationContext as {
    readonly customValidatorConfig: {
      readonly typedConfig: {
        readonly trustDomains: readonly {
          readonly name: string;
          readonly trustBundle: { readonly inlineBytes: string };
        }[];
      };
    };
  };
  const roots = validation.customValidatorConfig.typedConfig.trustDomains.map(
    ({ name, trustBundle }) => [name, certificatesOf(trustBundle.inlineBytes)] as const,
  );
  const [svid] = certificatesOf(chain.certificateChain.inlineBytes);
  if (svid === undefined) throw new Error('the proxy has no certificate');
  return { svid, roots: new Map(roots) };
}

function certificatesOf(base64: string): readonly X509Certificate[] {
  const pem = Buffer.from(base64, 'base64').toString('utf8');
  return [...pem.matchAll(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g)].map(
    ([certificate]) => new X509Certificate(certificate),
  );
}
