import { FederationLink, type FederationLinkProps } from '../../lib/federation/federation-link';
import { find, objectsOf } from '../manifests';
import { clustersOf, PAIR, trialCa } from '../resolved';

/** What east writes about west. */
async function linkOf(text = PAIR) {
  const { east } = await clustersOf(text);
  const [peer] = east?.peers ?? [];
  return find(
    objectsOf((scope) => new FederationLink(scope, 'link', peer!)),
    'ClusterFederatedTrustDomain',
  );
}

test('has the trust domain, the URL and the server SPIFFE ID of the peer', async () => {
  expect((await linkOf()).spec).toMatchObject({
    trustDomain: 'west.test',
    bundleEndpointURL: 'https://192.0.2.20:8443/',
    bundleEndpointProfile: { type: 'https_spiffe', endpointSPIFFEID: 'spiffe://west.test/spire/server' },
  });
});

test('carries the class that the controller manager serves', async () => {
  expect((await linkOf()).spec).toMatchObject({ className: 'spire' });
});

test('is named like the cluster of the peer', async () => {
  expect((await linkOf()).metadata.name).toBe('west');
});

test('shows the fingerprints of the roots it holds', async () => {
  const { east } = await clustersOf(PAIR);
  const [peer] = east!.peers;
  const link = find(
    objectsOf((scope) => new FederationLink(scope, 'link', peer!)),
    'ClusterFederatedTrustDomain',
  );
  expect(link.metadata.annotations).toEqual({
    'cdk8s-spire/x509-authorities': peer!.bundle!.authorities[0]!.fingerprint,
  });
});

test('seeds the bundle, so that the first contact succeeds', async () => {
  const { trustDomainBundle } = (await linkOf()).spec as { trustDomainBundle: string };
  expect(JSON.parse(trustDomainBundle)).toMatchObject({ keys: [{ use: 'x509-svid', x5c: [expect.any(String)] }] });
});

test('names no SPIFFE ID for https_web, where the webhook would refuse one', async () => {
  const web = PAIR.replace('192.0.2.20 }', 'b.test, profile: https_web, webCertificate: web }');
  expect((await linkOf(web)).spec).toMatchObject({
    bundleEndpointURL: 'https://b.test:8443/',
    bundleEndpointProfile: { type: 'https_web' },
  });
  expect((await linkOf(web)).spec).not.toHaveProperty('bundleEndpointProfile.endpointSPIFFEID');
});

describe('without a fleet', () => {
  const url = 'https://192.0.2.20:8443/';
  const link = (props: Omit<FederationLinkProps, 'url'>) =>
    find(
      objectsOf((scope) => new FederationLink(scope, 'west', { url, ...props })),
      'ClusterFederatedTrustDomain',
    );

  test('is named by the construct, and needs a trust domain, a URL and a root', async () => {
    const { root } = await trialCa('west.test');
    expect(link({ trustDomain: 'west.test', root })).toEqual(await linkOf());
  });

  test('accepts a JSON bundle instead of the root', async () => {
    const { root } = await trialCa('west.test');
    const fromRoot = link({ trustDomain: 'west.test', root });
    const { trustDomainBundle } = fromRoot.spec as { readonly trustDomainBundle: string };
    expect(link({ trustDomain: 'west.test', bundle: trustDomainBundle })).toEqual(fromRoot);
  });

  test('fails without a root, unless the endpoint has a web certificate', () => {
    expect(() => link({ trustDomain: 'west.test' })).toThrow(
      'test/west cannot be built:\n  a peer with the profile https_spiffe needs the key "root"',
    );
    expect(link({ trustDomain: 'west.test', profile: 'https_web' }).spec).not.toHaveProperty('trustDomainBundle');
  });

  test('fails for the root of another trust domain', async () => {
    const { root } = await trialCa('east.test');
    expect(() => link({ trustDomain: 'west.test', root })).toThrow('[foreign-root]');
  });
});
