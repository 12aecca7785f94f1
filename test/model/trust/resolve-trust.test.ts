import { X509Certificate } from 'node:crypto';
import type { ResolvedBundle } from '../../../lib/model/resolved-fleet';
import { bundleFromRoots } from '../../../lib/model/trust/bundle';
import { codesOf } from '../../reported';
import { clustersOf, lone, loneCluster, NESTED, resolveText, trialCa } from '../../resolved';
import { certificate } from './certificates';
import { basicConstraints, dns, ec, nameConstraints, rawPem } from './raw-certificate';

const bundleOf = async (trustDomain: string): Promise<ResolvedBundle> =>
  bundleFromRoots([new X509Certificate((await trialCa(trustDomain)).root)], 300);

const WEB = 'bundleEndpoint: { address: a.test, profile: https_web, webCertificate: web }';

test('reads the root from trust/<trust domain>.pem and the intermediate from a Secret by default', async () => {
  const { trust, plugins } = await loneCluster();
  expect(plugins.upstreamAuthority?.secrets).toMatchObject([{ name: 'spire-upstream-ca' }]);
  expect(trust).toEqual({
    root: { pem: (await trialCa('east.test')).root },
    bundle: await bundleOf('east.test'),
  });
});

test('uses the names of the root and the Secret from the fleet', async () => {
  const { root } = await trialCa('east.test');
  const { east } = await clustersOf(lone('trust: { root: my/root.pem, secret: my-ca }'), { 'my/root.pem': root });
  expect([east?.trust.root?.pem, east?.plugins.upstreamAuthority?.secrets?.[0]?.name]).toEqual([root, 'my-ca']);
});

test('accepts a pinned bundle, without a root and a Secret', async () => {
  const bundle = await bundleOf('east.test');
  const files = { 'bundle.json': bundle.text };
  const { east } = await clustersOf(lone('trust: { bundle: bundle.json }'), files);
  expect(east?.trust).toEqual({ bundle });
});

test('gives peers the bundle to start from, on both sides', async () => {
  const { east, west } = await clustersOf(`
fleet: pair
clusters:
  east: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 } }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 } }
federation: [{ between: [east, west] }]`);
  expect(east?.peers.map(({ bundle }) => bundle)).toEqual([await bundleOf('west.test')]);
  expect(west?.peers.map(({ bundle }) => bundle)).toEqual([await bundleOf('east.test')]);
});

test('lets a root seed the bundle of a https_web endpoint', async () => {
  const { root } = await trialCa('east.test');
  const { east } = await clustersOf(lone(`${WEB}, trust: { root: r.pem }`), { 'r.pem': root });
  expect(east?.trust.bundle).toEqual(await bundleOf('east.test'));
});

test('needs no root for https_web, and warns once peers depend on it', async () => {
  expect((await resolveText(lone(WEB))).problems).toEqual([]);
  const federated = `
fleet: pair
clusters:
  east: { trustDomain: east.test, ${WEB} }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 } }
federation: [{ between: [east, west] }]`;
  const { fleet, problems } = await resolveText(federated);
  expect(problems).toMatchObject([
    {
      code: 'unseeded-bundle',
      severity: 'warning',
      place: { path: ['clusters', 'east', 'bundleEndpoint', 'profile'] },
    },
  ]);
  expect(fleet?.clusters[1]?.peers[0]).toMatchObject({
    profile: 'https_web',
    bundle: undefined,
    endpointSpiffeId: undefined,
  });
});

test('fails on a root that two trust domains share, even among several', async () => {
  const [shared, own] = [await certificate(), await certificate()];
  const { problems } = await resolveText(
    `
fleet: shared
clusters:
  east: { trustDomain: east.test, trust: { root: e.pem } }
  west: { trustDomain: west.test, trust: { root: w.pem } }`,
    { 'e.pem': shared, 'w.pem': `${own}${shared}` },
  );
  expect(problems).toMatchObject([
    { code: 'shared-root', place: { path: ['clusters', 'west', 'trust', 'root'] }, facts: { cluster: 'east' } },
  ]);
});

test.each([
  [
    'a cluster',
    'clusters:\n  east: { trustDomain: east.test }\n  west: { trustDomain: east.test, trust: { root: w.pem } }',
  ],
  [
    'a partner',
    'clusters:\n  east: { trustDomain: east.test }\npartners:\n  west: { trustDomain: east.test, trust: { root: w.pem }, bundleEndpoint: { url: "https://w.test" } }\nfederation: [{ between: [east, west] }]',
  ],
])('reports no foreign root of %s whose trust domain is taken already', async (_, entries) => {
  const files = { 'w.pem': (await trialCa('west.test')).root };
  const { problems } = await resolveText(`fleet: taken\n${entries}`, files);
  expect(codesOf(problems).filter((code) => code !== 'missing-bundle-endpoint')).toEqual(['duplicate-trust-domain']);
});

test.each([
  ['', 'trust/east.test.pem', ['clusters', 'east']],
  ['trust: { root: my.pem }', 'my.pem', ['clusters', 'east', 'trust', 'root']],
])('fails with { %s } when %s is not there', async (keys, file, path) => {
  const { problems } = await resolveText(lone(keys), { [file]: undefined });
  expect(problems).toMatchObject([{ code: 'file-missing', place: { path }, facts: { file } }]);
});

test('suggests the command that creates a missing root, except if an issuer signs with it', async () => {
  const missing = { 'trust/east.test.pem': undefined };
  const { problems: made } = await resolveText(lone(), missing);
  expect(made).toMatchObject([{ facts: { what: 'the root certificate', cluster: 'east' } }]);
  const { problems } = await resolveText(lone('trust: { authority: { certManager: { issuer: ca } } }'), missing);
  expect(problems).toMatchObject([{ facts: { what: "the issuer's root certificate", cluster: undefined } }]);
});

test.each([
  ['a root beside a pinned bundle', 'trust: { bundle: b.json, root: r.pem }', 'not-applicable'],
  ['a Secret beside a pinned bundle', 'trust: { bundle: b.json, secret: s }', 'not-applicable'],
  ['a Secret where the server signs by itself', `${WEB}, trust: { secret: s }`, 'not-applicable'],
  ['a pinned bundle that is not there', 'trust: { bundle: missing.json }', 'file-missing'],
])('fails on %s', async (_, keys, code) => {
  const { problems } = await resolveText(lone(keys), { 'b.json': (await bundleOf('east.test')).text });
  expect(codesOf(problems)).toEqual([code]);
});

const pathLengths = (pathLength: number) => ({ 'r.pem': rawPem({ extensions: [basicConstraints(pathLength)] }) });

test.each<[number, readonly string[]]>([
  [0, ['root-cannot-sign']],
  [1, ['root-path-short']],
  [2, []],
])('holds the path length %i of a root against the intermediate and the server below it', async (length, codes) => {
  const { problems } = await resolveText(lone('trust: { root: r.pem }'), pathLengths(length));
  expect(codesOf(problems)).toEqual(codes);
});

test.each<[number, readonly string[]]>([
  [0, ['root-cannot-sign']],
  [1, ['root-cannot-sign']],
  [2, ['root-path-short']],
  [3, []],
])('wants one more than the path length %i allows where clusters are nested below', async (length, codes) => {
  const nested = NESTED.replace('trustDomain: east.test,', 'trustDomain: east.test, trust: { root: r.pem },');
  expect(codesOf((await resolveText(nested, pathLengths(length))).problems)).toEqual(codes);
});

test('waives a path length that fits only a Secret with the root itself', async () => {
  const waived = `{ fleet: lone, clusters: { east: { trustDomain: east.test, trust: { root: r.pem } } }, waivers: [{ rule: root-path-short, at: clusters.east, because: the Secret holds the root }] }`;
  const { fleet, problems } = await resolveText(waived, pathLengths(1));
  expect([fleet?.clusters.length, problems.map(({ severity }) => severity)]).toEqual([1, ['warning']]);
});

test('does not check the path length of a partner, whose server may sign with the root itself', async () => {
  const partner = `
fleet: one
clusters: { east: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 } } }
partners:
  bank: { trustDomain: bank.test, trust: { root: r.pem }, bundleEndpoint: { url: "https://spire.bank.example.org/" } }
federation: [{ between: [east, bank] }]`;
  expect((await resolveText(partner, pathLengths(0))).problems).toEqual([]);
});

test('holds the names of workloads against the name constraints of a root', async () => {
  const root = rawPem({ extensions: [basicConstraints(), nameConstraints({ permitted: [dns('east.test')] })] });
  const keys = 'trust: { root: r.pem }, gateway: { address: 192.0.2.1 }';
  const shop = (host: string) => lone(keys, `shop: { cluster: east, image: "shop:1.0", port: 80, host: ${host} }`);
  const codes = async (host: string) => codesOf((await resolveText(shop(host), { 'r.pem': root })).problems);
  expect([await codes('shop.east.test'), await codes('shop.example.org')]).toEqual([[], ['root-cannot-sign']]);
});

describe('a key that two trust domains share', () => {
  const key = ec('P-256');
  const [old, renewed] = [rawPem({ key }), rawPem({ key, serial: [2] })];
  const bundle = bundleFromRoots([new X509Certificate(renewed)], 300).text;
  const clusters = (east: string, west: string) => `
fleet: pair
clusters:
  east: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 }, trust: { ${east} } }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 }, trust: { ${west} } }
`;
  const partner = (trust: string) => `
partners:
  bank: { trustDomain: bank.test, trust: { ${trust} }, bundleEndpoint: { url: "https://spire.bank.example.org/" } }
federation: [{ between: [east, bank] }]`;
  const files = { 'old.pem': old, 'renewed.pem': renewed, 'b.json': bundle };

  test.each<[string, string, readonly string[], true | undefined]>([
    [
      'a root and a renewed root',
      clusters('root: old.pem', 'root: renewed.pem'),
      ['clusters', 'west', 'trust', 'root'],
      true,
    ],
    [
      'a root and a pinned bundle',
      clusters('root: old.pem', 'bundle: b.json'),
      ['clusters', 'west', 'trust', 'bundle'],
      true,
    ],
    [
      'two pinned bundles',
      clusters('bundle: b.json', 'bundle: b.json'),
      ['clusters', 'west', 'trust', 'bundle'],
      undefined,
    ],
    [
      "a root and a partner's root",
      clusters('root: old.pem', '') + partner('root: renewed.pem'),
      ['partners', 'bank', 'trust', 'root'],
      true,
    ],
    [
      "a root and a partner's bundle",
      clusters('root: renewed.pem', '') + partner('bundle: b.json'),
      ['partners', 'bank', 'trust', 'bundle'],
      undefined,
    ],
  ])('is found in %s', async (_, text, path, isRenewed) => {
    const { problems } = await resolveText(text, files);
    expect(problems).toMatchObject([{ code: 'shared-root', place: { path }, facts: { renewed: isRenewed } }]);
    expect(problems).toHaveLength(1);
  });

  test('is found once where a file has both certificates of it', async () => {
    const both = { ...files, 'both.pem': old + renewed };
    const { problems } = await resolveText(clusters('root: both.pem', 'root: both.pem'), both);
    expect(codesOf(problems)).toEqual(['shared-root']);
  });

  test.each<[string, string, string, true | undefined]>([
    ['a root', 'trust: { root: old.pem }, serverApi: { root: renewed.pem, ', 'east', true],
    ['its own root', 'trust: { root: old.pem }, serverApi: { root: old.pem, ', 'east', undefined],
  ])('is found in %s and the root of nested servers', async (_, keys, owner, isRenewed) => {
    const nested = NESTED.replace('serverApi: { ', keys);
    const { problems } = await resolveText(nested, files);
    expect(problems).toMatchObject([
      { code: 'nested-root-shared', place: { path: ['clusters', 'east', 'serverApi', 'root'] }, facts: { owner } },
    ]);
    expect(problems[0]?.facts).toMatchObject({ renewed: isRenewed });
  });

  test('is found in the roots of the nested servers of two trust domains', async () => {
    const { problems } = await resolveText(
      `
fleet: two
clusters:
  east: { trustDomain: east.test, serverApi: { address: 192.0.2.12, root: old.pem } }
  east2: { trustDomain: east.test, nestedUnder: east }
  west: { trustDomain: west.test, serverApi: { address: 192.0.2.22, root: renewed.pem } }
  west2: { trustDomain: west.test, nestedUnder: west }
`,
      files,
    );
    expect(problems).toMatchObject([
      { code: 'nested-root-shared', facts: { owner: 'east', ofNestedServers: true, renewed: true } },
    ]);
  });
});
