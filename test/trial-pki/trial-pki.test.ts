import { createPrivateKey, X509Certificate } from 'node:crypto';
import { trustDomainsOf } from '../../lib/model/trust/certificates';
import { readRoots } from '../../lib/model/trust/root-certificates';
import { makeIntermediate, makeRoot } from '../../lib/trial-pki/trial-pki';
import { collector } from '../reported';
import { NOW } from '../support';

const trustDomain = 'east.test';
const certificateOf = ({ certificate }: { readonly certificate: string }): X509Certificate =>
  new X509Certificate(certificate);

test('makes a root that a fleet accepts', async () => {
  const root = await makeRoot({ trustDomain, now: NOW, years: 10 });
  const { problems, report } = collector();
  expect(
    readRoots({ file: 'r.pem', text: root.certificate, trustDomain, place: { path: [] } }, NOW, report),
  ).toHaveLength(1);
  expect(problems).toEqual([]);
});

test('creates an intermediate that its root signed and that can sign other CAs', async () => {
  const root = await makeRoot({ trustDomain, now: NOW, years: 10 });
  const intermediate = certificateOf(await makeIntermediate({ trustDomain, now: NOW, days: 365, root }));
  expect([intermediate.verify(certificateOf(root).publicKey), intermediate.checkIssued(certificateOf(root))]).toEqual([
    true,
    true,
  ]);
  expect([intermediate.ca, trustDomainsOf(intermediate)]).toEqual([true, [trustDomain]]);
});

test('gives each certificate the key that fits it', async () => {
  const root = await makeRoot({ trustDomain, now: NOW, years: 10 });
  const intermediate = await makeIntermediate({ trustDomain, now: NOW, days: 365, root });
  for (const signed of [root, intermediate]) {
    expect(certificateOf(signed).checkPrivateKey(createPrivateKey(signed.key))).toBe(true);
  }
});

test('counts years and days from now, and begins a little earlier for clocks that are late', async () => {
  const root = await makeRoot({ trustDomain, now: NOW, years: 10 });
  const intermediate = await makeIntermediate({ trustDomain, now: NOW, days: 90, root });
  expect(new Date(certificateOf(root).validTo).toISOString()).toBe('2036-12-01T00:00:00.000Z');
  expect(new Date(certificateOf(intermediate).validTo).toISOString()).toBe('2027-03-01T00:00:00.000Z');
  expect(new Date(certificateOf(root).validFrom).toISOString()).toBe('2026-11-30T23:55:00.000Z');
});

test('ends an intermediate no later than its root', async () => {
  const root = await makeRoot({ trustDomain, now: NOW, years: 1 });
  const intermediate = await makeIntermediate({ trustDomain, now: NOW, days: 3650, root });
  expect(certificateOf(intermediate).validTo).toBe(certificateOf(root).validTo);
});

test('makes another root each time', async () => {
  const props = { trustDomain, now: NOW, years: 10 };
  expect((await makeRoot(props)).key).not.toBe((await makeRoot(props)).key);
});

test('tells root and intermediate apart by name, even for the longest trust domain that there can be', async () => {
  const longest = 'd'.repeat(255);
  const root = await makeRoot({ trustDomain: longest, now: NOW, years: 10 });
  const intermediate = certificateOf(await makeIntermediate({ trustDomain: longest, now: NOW, days: 365, root }));
  expect(trustDomainsOf(intermediate)).toEqual([longest]);
  expect(intermediate.subject).not.toBe(certificateOf(root).subject);
});
