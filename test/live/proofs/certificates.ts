/** Proves that the proxies hold what SPIRE gave them: their SVID, and the roots of whom they must verify. */
import { X509Certificate } from 'node:crypto';
import { run } from '../machine/command';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';

/** What a proxy holds, by the names of Istio's secret discovery. */
interface ProxySecrets {
  readonly svid: X509Certificate;
  /** Trust domain → certificates of its bundle. */
  readonly roots: ReadonlyMap<string, readonly X509Certificate[]>;
}

interface Expectation {
  readonly cluster: string;
  readonly namespace: string;
  readonly workload: string;
  readonly spiffeId: string;
  /** Trust domains whose roots the proxy has. */
  readonly trusts: readonly string[];
  readonly serves?: string;
}

const EXPECTED: readonly Expectation[] = [
  {
    cluster: 'cluster1',
    namespace: 'curl-greeter',
    workload: 'deployment/curl-greeter',
    spiffeId: 'spiffe://cluster1.demo/curl-greeter',
    trusts: ['cluster1.demo', 'cluster2.demo'],
  },
  {
    cluster: 'cluster2',
    namespace: 'istio-system',
    workload: 'deployment/istio-ingressgateway',
    spiffeId: 'spiffe://cluster2.demo/ns/istio-system/sa/istio-ingressgateway-service-account',
    trusts: ['cluster1.demo', 'cluster2.demo'],
    serves: 'bookinfo.com',
  },
  {
    cluster: 'cluster2',
    namespace: 'bookinfo',
    workload: 'deployment/productpage-v1',
    spiffeId: 'spiffe://cluster2.demo/ns/bookinfo/sa/bookinfo-productpage',
    trusts: ['cluster2.demo'],
  },
];

export const certificateProofs: readonly Proof[] = EXPECTED.map((expected) => ({
  name: `the proxy of ${expected.workload.split('/')[1]} presents an SVID of SPIRE and trusts ${expected.trusts.join(' and ')}`,
  prove: (stage) =>
    waitFor(`certificate of ${expected.workload}`, () => checkProxy(stage, expected), { timeout: 30, interval: 2 }),
}));

async function checkProxy(stage: Stage, expected: Expectation): Promise<string> {
  const { svid, roots } = await secretsOf(stage, expected);
  const { subject, subjectAltName = '' } = svid;
  expect(/^O=SPIRE$/m.test(subject), `its subject is ${subject}`);
  const names = subjectAltName.split(', ');
  expect(names.includes(`URI:${expected.spiffeId}`), `it is ${subjectAltName}, not ${expected.spiffeId}`);
  const { serves } = expected;
  expect(serves === undefined || names.includes(`DNS:${serves}`), `it does not name ${serves}: ${subjectAltName}`);
  const trusted = [...roots.keys()].sort();
  expect(trusted.join() === [...expected.trusts].sort().join(), `it trusts ${trusted}, not ${expected.trusts}`);
  for (const trustDomain of expected.trusts) {
    const root = new X509Certificate(stage.fleet.rootOf(trustDomain));
    const held = roots.get(trustDomain) ?? [];
    expect(
      held.some(({ fingerprint256 }) => fingerprint256 === root.fingerprint256),
      `the root of ${trustDomain} is not among the ${held.length} that it holds`,
    );
  }
  return `${subject.replaceAll('\n', ', ')}, ${subjectAltName}, roots of ${trusted.join(' and ')}`;
}

interface SecretDump {
  readonly dynamicActiveSecrets: readonly {
    readonly name: string;
    readonly secret: Readonly<Record<string, unknown>>;
  }[];
}

/** Asks the proxy's admin interface through istioctl, as the walkthrough does. */
async function secretsOf(stage: Stage, { cluster, namespace, workload }: Expectation): Promise<ProxySecrets> {
  const istioctl = stage.programs.path('istio', 'istioctl');
  const dump = JSON.parse(
    await run(
      stage.findCluster(cluster).enter([istioctl, 'proxy-config', 'secret', workload, '-n', namespace, '-o', 'json']),
    ),
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
