import { resolveText, trialCa } from '../../resolved';

const partner = (endpoint: string): string => `
fleet: one
clusters: { east: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 } } }
partners: { bank: { trustDomain: bank.test, trust: { root: bank.pem }, bundleEndpoint: { ${endpoint} } } }
federation: [{ between: [east, bank] }]
`;

async function resolvePartner(endpoint: string) {
  const { fleet, problems } = await resolveText(partner(endpoint), { 'bank.pem': (await trialCa('bank.test')).root });
  return { codes: problems.map(({ code }) => code), url: fleet?.partners[0]?.url };
}

test.each([
  ['url: "https://bank.org/bundle.json", profile: https_web', 'https://bank.org/bundle.json'],
  ['url: "https://bank.test/bundle.json", spiffeId: /endpoint', 'https://bank.test/bundle.json'],
  ['url: "HTTPS://Bank.test:8443/"', 'https://bank.test:8443/'],
])('takes { %s }', async (endpoint, url) => {
  expect(await resolvePartner(endpoint)).toEqual({ codes: [], url });
});

test.each(['url: "https://bank.test/bundle.json"', 'url: "https://bank.test/a", spiffeId: /spire/server'])(
  'fails on { %s }, since a SPIRE server answers at "/" alone',
  async (endpoint) => {
    expect((await resolvePartner(endpoint)).codes).toEqual(['malformed']);
  },
);
