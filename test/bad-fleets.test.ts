/** Every fleet in fixtures/bad is refused for exactly the faults that its first lines name, at exactly these places. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { type Synthesis, synthesize } from '../lib/output/synthesize';
import { renderProblems } from '../lib/problems/render';
import { fleetFile, NOW, temporaryFolder } from './support';

const FOLDER = join(__dirname, 'fixtures', 'bad');
const FIXTURES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .sort();

/** Codes that no text file of its own can hold; tests at the end of this file make them, or tests of the writer. */
const NOT_IN_FIXTURES = [
  ...['file-too-large', 'foreign-file', 'unwritable-output', 'shared-output', 'not-utf8', 'private-key-in-file'],
  // Of the comparison with the output folder; test/cli/check.test.ts.
  ...[
    'stale-output',
    'edited-output',
    'missing-output',
    'extra-output',
    'damaged-lock',
    'unapplied-file',
    'unlisted-file',
  ],
  'output-in-use',
  // Of the comparison of two outputs; test/cli/diff.test.ts.
  ...['broken-manifest', 'foreign-folder', 'no-output', 'object-twice', 'output-too-large'],
  // Of the Pod that explain reads; test/cli/explain-pods.test.ts.
  'not-a-pod',
  // Of the comparison with the last synthesis; test/model/rules/history.test.ts.
  ...[
    'cluster-removed',
    'datastore-changed',
    'federation-ended',
    'key-manager-changed',
    'pin-ignored',
    'pin-overwrites',
    'root-replaced',
    'server-moved',
    'spire-downgrade',
    'istio-downgrade',
    'istio-version-jump',
  ],
  ...['spire-version-jump', 'trust-domain-renamed', 'volume-changed'],
  // More clusters than anybody wants to read; test/model/rules/rules.test.ts.
  'full-mesh-too-large',
];

interface Expectation {
  readonly severity: 'error' | 'warning';
  readonly found: string;
}

/** What `# expect: <code> <line>:<column>` and `# warning: …` lines say. */
function expectationsOf(text: string): readonly Expectation[] {
  return [...text.matchAll(/^# (expect|warning): (\S+ \d+:\d+)$/gm)].map(([, kind, found]) => ({
    severity: kind === 'expect' ? 'error' : 'warning',
    found: found!,
  }));
}

function found({ problems, source }: Synthesis): readonly string[] {
  return problems
    .map(({ code, place }) => {
      const { line, column } = source.locate(place);
      return `${code} ${line}:${column}`;
    })
    .sort();
}

function codesOf({ problems }: Synthesis): readonly string[] {
  return problems.map(({ code }) => code).sort();
}

function rendered({ problems, source }: Synthesis): string {
  return renderProblems(problems, source);
}

const textOf = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const synthesized = new Map<string, Synthesis>();

function synthesizeFixture(name: string): Synthesis {
  const known = synthesized.get(name) ?? synthesize(join(FOLDER, name), { now: NOW });
  synthesized.set(name, known);
  return known;
}

/** A fleet file in a folder of its own, with the fixtures' certificates in reach. */
function besideTrust(text: string): string {
  const folder = temporaryFolder();
  symlinkSync(join(FOLDER, 'trust'), join(folder, 'trust'));
  return fleetFile(text, folder);
}

/** What one rendered problem looks like: head, source line and caret where there is one, hint. */
const RENDERED =
  /^\S+:\d+:\d+: (error|warning)\[[a-z0-9-]+\] \S.*\n( {0,4}\d+ \| .*\n {6}\| [ \t]*\^+\n)? {2}hint: \S.*\n$/;
const STACK_TRACE = /^\s+at |node_modules|node:internal|Error:/m;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a terminal
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function expectWellRendered(text: string): void {
  for (const problem of text.split(/(?<=\n)\n/)) {
    expect(problem).toMatch(RENDERED);
  }
  expect(text).not.toMatch(STACK_TRACE);
  expect(text).not.toMatch(CONTROL);
}

describe.each(FIXTURES)('%s', (name) => {
  const expectations = expectationsOf(textOf(name));

  test('yields the problems it names, and no others, each at its place', () => {
    expect(found(synthesizeFixture(name))).toEqual(expectations.map((expectation) => expectation.found).sort());
  });

  test('yields output only when none of the problems is an error', () => {
    const isRefused = expectations.some(({ severity }) => severity === 'error');
    expect(synthesizeFixture(name).output === undefined).toBe(isRefused);
  });

  test('renders each problem with its place and a hint', () => {
    expectWellRendered(rendered(synthesizeFixture(name)));
  });

  test('reads the same when it is synthesized again', () => {
    expect(rendered(synthesize(join(FOLDER, name), { now: NOW }))).toBe(rendered(synthesizeFixture(name)));
  });
});

test('expects something of every fixture', () => {
  expect(FIXTURES.length).toBeGreaterThanOrEqual(75);
  expect(FIXTURES.filter((name) => expectationsOf(textOf(name)).length === 0)).toEqual([]);
});

test('covers every code that a fleet can cause', () => {
  const declared = ['problem.ts', 'agent-facts.ts', 'output-facts.ts', 'plugin-facts.ts', 'server-facts.ts'].flatMap(
    (file) => {
      const text = readFileSync(join(__dirname, '..', 'lib', 'problems', file), 'utf8');
      return [...text.match(/interface \w+Facts [^{]*\{[\s\S]*?\n\}/)![0].matchAll(/^ {2}'?([a-z0-9-]+)'?:(?: |$)/gm)];
    },
  );
  const covered = FIXTURES.flatMap((name) =>
    expectationsOf(textOf(name)).map((expectation) => expectation.found.split(' ')[0]!),
  );
  expect([...new Set([...covered, ...NOT_IN_FIXTURES])].sort()).toEqual(declared.map(([, code]) => code!).sort());
});

test('contains no private key in any fixture', () => {
  const files = readdirSync(join(FOLDER, 'trust')).map((name) => join('trust', name));
  expect([...FIXTURES, ...files].filter((name) => /PRIVATE KEY|"(d|k)":/.test(textOf(name)))).toEqual([]);
});

/** Order carries no meaning between the keys of a map. */
function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reverseKeys(inner)]),
  );
}

test.each(
  FIXTURES.filter((name) => !/invalid-yaml|duplicate-key|too-many-aliases|proto|shared-map/.test(name + textOf(name))),
)('finds the same faults in %s when its keys are in reverse order', (name) => {
  const reversed = stringify(reverseKeys(parseDocument(textOf(name)).toJS()));
  expect(codesOf(synthesize(besideTrust(reversed), { now: NOW }))).toEqual(codesOf(synthesizeFixture(name)));
});

const ONE = 'fleet: one\nclusters:\n  east:\n    trustDomain: east.test\n';

describe('a fleet file that cannot be read', () => {
  const missing = join(temporaryFolder(), 'fleet.yaml');
  const loop = join(temporaryFolder(), 'fleet.yaml');
  symlinkSync(loop, loop);
  const latin1 = fleetFile('');
  writeFileSync(latin1, Buffer.concat([Buffer.from('# caf'), Buffer.from([0xe9]), Buffer.from(`\n${ONE}`)]));

  test.each<[string, string, string]>([
    ['does not exist', missing, 'file-missing'],
    ['lies below a file', join(fleetFile(ONE), 'fleet.yaml'), 'file-missing'],
    ['is a folder', temporaryFolder(), 'file-unreadable'],
    ['is a device', '/dev/null', 'file-unreadable'],
    ['is a link to itself', loop, 'file-unreadable'],
    ['holds 10 MB', fleetFile(`${ONE}#${' '.repeat(10_000_000)}\n`), 'file-too-large'],
    ['is Latin-1', latin1, 'not-utf8'],
    ['is empty', fleetFile(''), 'empty-fleet'],
    ['holds blanks', fleetFile('  \n\n'), 'empty-fleet'],
  ])('fails at its first line when it %s', (_what, file, code) => {
    const synthesis = synthesize(file, { now: NOW });
    expect(found(synthesis)).toEqual([`${code} 1:1`]);
    expect(synthesis.output).toBeUndefined();
    expectWellRendered(rendered(synthesis));
  });

  test('says which byte is not UTF-8, whatever comes before it', () => {
    writeFileSync(latin1, Buffer.concat([Buffer.from('# \uFFFD caf'), Buffer.from([0xe9])]));
    expect(synthesize(latin1, { now: NOW }).problems).toMatchObject([{ code: 'not-utf8', facts: { offset: 9 } }]);
  });
});

describe('a file that the fleet names', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKeyText = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const pkcs8 = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const sec1 = privateKey.export({ format: 'pem', type: 'sec1' }).toString();
  const jwk = { use: 'x509-svid', ...privateKey.export({ format: 'jwk' }) };
  const root = textOf('trust/east.test.pem');
  const symmetric = { use: 'jwt-svid', kty: 'oct', kid: 'a', k: 'c2VjcmV0LXNlY3JldC1zZWNyZXQ' };

  function synthesizeWith(key: 'root' | 'bundle', content: string | Buffer): Synthesis {
    const file = besideTrust(`${ONE}    trust: { ${key}: given }\n`);
    writeFileSync(join(file, '..', 'given'), content);
    return synthesize(file, { now: NOW });
  }

  test.each<[string, 'root' | 'bundle', string, string]>([
    ['a root file', 'root', root + pkcs8, pkcs8],
    ['a root file, as SEC 1', 'root', sec1 + root, sec1],
    ['a bundle file', 'bundle', pkcs8, pkcs8],
    ['a key of a bundle', 'bundle', JSON.stringify({ keys: [jwk] }), String(jwk.d)],
    ['a JWT key of a bundle', 'bundle', JSON.stringify({ keys: [{ ...jwk, use: 'jwt-svid' }] }), String(jwk.d)],
    ['a symmetric key of a bundle', 'bundle', JSON.stringify({ keys: [symmetric] }), symmetric.k],
  ])('fails without a word of the private key in %s', (_what, key, content, secret) => {
    const synthesis = synthesizeWith(key, content);
    expect(found(synthesis)).toEqual([`private-key-in-file 5:${key === 'root' ? 20 : 22}`]);
    const told = JSON.stringify(synthesis.problems) + rendered(synthesis);
    const words = secret.split('\n').filter((line) => line.length > 8 && !line.startsWith('-----'));
    expect(words.filter((word) => told.includes(word.slice(0, 24)))).toEqual([]);
    expect(words.length).toBeGreaterThan(0);
  });

  test('fails without printing a private key that is written in place of a path', () => {
    const indented = pkcs8.trim().replaceAll('\n', '\n        ');
    const synthesis = synthesize(besideTrust(`${ONE}    trust:\n      root: |\n        ${indented}\n`), { now: NOW });
    expect(found(synthesis)).toEqual(['private-key-in-file 6:13']);
    expect(rendered(synthesis)).not.toContain(pkcs8.split('\n')[1]!.slice(0, 12));
  });

  const jwkText = JSON.stringify(jwk);
  const der = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const encrypted = rsa.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }).toString();
  const bare = (pem: string): string => pem.split('\n').slice(1, -2).join('');
  const waived = (because: string): string =>
    `${ONE}waivers:\n  - rule: kubelet-unverified\n    at: clusters.east\n    because: ${because}\n`;

  test.each<[string, string, string]>([
    ['in because', waived(JSON.stringify(pkcs8)), '8:14'],
    ['in because, as a JSON Web Key', waived(`'${jwkText}'`), '8:14'],
    ['in because, with its quotes escaped', waived(JSON.stringify(jwkText)), '8:14'],
    ['in because, without its frame', waived(der), '8:14'],
    [
      'in because, as PKCS#1 without its frame',
      waived(rsa.export({ format: 'der', type: 'pkcs1' }).toString('base64')),
      '8:14',
    ],
    [
      'in because, as SEC 1 without its frame',
      waived(privateKey.export({ format: 'der', type: 'sec1' }).toString('base64')),
      '8:14',
    ],
    ['in because, encrypted and without its frame', waived(bare(encrypted)), '8:14'],
    ['in because, as a Secret has it', waived(Buffer.from(pkcs8).toString('base64')), '8:14'],
    ['in because, of age', waived(`AGE-SECRET-KEY-1${'Q'.repeat(58)}`), '8:14'],
    ['in a comment', `${ONE}# ${pkcs8.replaceAll('\n', '\n# ')}\n`, '5:8'],
    ['in a comment, as a JSON Web Key', `${ONE}# ${jwkText}\n`, `5:${jwkText.indexOf('"d"') + 3}`],
    ['in a name', `fleet: one\nclusters:\n  ${JSON.stringify(pkcs8)}:\n    trustDomain: east.test\n`, '3:3'],
    ['in a map that is a JSON Web Key', `${ONE}    trust: ${jwkText}\n`, '5:5'],
    ['beside a key that stands twice', `${ONE}fleet: two # ${der}\n`, '5:14'],
    ['beside broken YAML', `${ONE}broken: [\n# ${pkcs8.replaceAll('\n', '\n# ')}\n`, '6:8'],
  ])('fails without a word of a private key %s', (_what, text, place) => {
    const synthesis = synthesize(besideTrust(text), { now: NOW });
    expect(found(synthesis)).toEqual([`private-key-in-file ${place}`]);
    const told = JSON.stringify(synthesis.problems) + rendered(synthesis);
    const secrets = [String(jwk.d), bare(pkcs8), der, bare(encrypted), 'QQQQ'].map((secret) => secret.slice(0, 16));
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
  });

  test.each<[string, string]>([
    ['talks of keys', waived('the private key is kept in a Secret, and BEGIN is a word')],
    ['holds a fingerprint', waived('aHR0cHM6Ly9leGFtcGxlLm9yZy9hLXZlcnktbG9uZy10ZXh0LW9mLWJhc2U2NA==')],
    ['holds a certificate', waived(JSON.stringify(root))],
    ['holds a public key', waived(publicKeyText)],
  ])('does not mistake a text for a private key that %s', (_what, text) => {
    expect(codesOf(synthesize(besideTrust(text), { now: NOW }))).not.toContain('private-key-in-file');
  });

  test('writes nothing of a bundle file but what belongs to a bundle', () => {
    const bundle = { ...(JSON.parse(textOf('trust/east.bundle.json')) as object), note: 'hunter2' };
    const pair = `${ONE}    trust: { bundle: given }\n    bundleEndpoint: { address: 192.0.2.10 }\n  west:\n    trustDomain: west.test\n    bundleEndpoint: { address: 192.0.2.20 }\nfederation: [{ between: [east, west] }]\n`;
    const file = besideTrust(pair);
    writeFileSync(join(file, '..', 'given'), JSON.stringify(bundle));
    const { output, problems } = synthesize(file, { now: NOW });
    expect(problems).toEqual([]);
    expect(output?.files.filter(({ text }) => text.includes('hunter2'))).toEqual([]);
  });

  test.each<[string, string | Buffer, string]>([
    ['holds 2 MB', root.repeat(4000), 'file-too-large'],
    ['is not UTF-8', Buffer.from([0x30, 0x82, 0xff]), 'not-utf8'],
    ['begins a thousand certificates and ends none', '-----BEGIN CERTIFICATE-----'.repeat(36_000), 'invalid-root'],
  ])('fails where the fleet names it when it %s', (_what, content, code) => {
    const before = Date.now();
    const synthesis = synthesizeWith('root', content);
    expect(found(synthesis)).toEqual([`${code} 5:20`]);
    expectWellRendered(rendered(synthesis));
    expect(Date.now() - before).toBeLessThan(5000);
  });

  test('fails where the fleet names it when it is a folder', () => {
    const file = besideTrust(`${ONE}    trust: { root: given }\n`);
    mkdirSync(join(file, '..', 'given'));
    expect(found(synthesize(file, { now: NOW }))).toEqual(['file-unreadable 5:20']);
  });
});

describe('an odd fleet file', () => {
  test.each<[string, string, readonly string[]]>([
    ['CRLF line ends', `${ONE}bogus: 1\n`.replaceAll('\n', '\r\n'), ['unknown-key 5:1']],
    ['a byte order mark', `\uFEFF${ONE}bogus: 1\n`, ['unknown-key 5:1']],
    ['a carriage return in a comment', `# a\rb\n${ONE}bogus: 1\n`, ['unknown-key 6:1']],
    ['an escape sequence in a comment', `${ONE}bogus: 1 # \u001b[2Jcleared\n`, ['unknown-key 5:1']],
    ['an escape sequence in a value', ONE.replace('one', '"\u001b[31mred"'), ['malformed 1:8']],
    ['text that runs from right to left', ONE.replace('one', '"a\u202eb"'), ['malformed 1:8']],
    ['a raw NUL', ONE.replace('one', 'a\0b'), ['malformed 1:8']],
    ['emoji', ONE.replace('one', '🎉'), ['malformed 1:8']],
    ['a line of 100,000 characters', ONE.replace('one', 'x'.repeat(100_000)), ['malformed 1:8']],
    ['a key of 30,000 characters', `${ONE}? ${'k'.repeat(30_000)}\n: 1\n`, ['unknown-key 5:3']],
    ['JSON', '{"fleet": "one", "clusters": {"east": {"trustDomain": "east.test"}}, "x": 1}', ['unknown-key 1:70']],
  ])('is judged at the right place in spite of %s', (_what, text, expected) => {
    const synthesis = synthesize(besideTrust(text), { now: NOW });
    expect(found(synthesis)).toEqual(expected);
    expectWellRendered(rendered(synthesis));
    expect(rendered(synthesis).length).toBeLessThan(2000);
  });

  test.each(['constructor', 'tostring', 'valueof', 'null'])(
    'is accepted when a cluster and a workload are named %s, which is no fault',
    (name) => {
      const text = `fleet: one\nclusters:\n  "${name}":\n    trustDomain: east.test\nworkloads:\n  "${name}":\n    cluster: "${name}"\n    image: shop:1.0\n`;
      expect(rendered(synthesize(besideTrust(text), { now: NOW }))).toBe('');
    },
  );

  test.each(['constructor', 'toString', 'hasOwnProperty'])('is refused when a label is named %s', (label) => {
    const text = `${ONE}workloads:\n  shop:\n    cluster: east\n    pods: { labels: { ${label}: x } }\n`;
    expect(codesOf(synthesize(besideTrust(text), { now: NOW }))).toEqual(['malformed']);
  });

  test('leaves the prototype of objects alone', () => {
    synthesize(besideTrust(`${ONE}    __proto__: { polluted: true }\n__proto__: { polluted: true }\n`), { now: NOW });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test.each<[string, string]>([
    ['lists', `${ONE}federation: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
    ['maps', `${ONE}federation: ${'{a: '.repeat(20_000)}${'}'.repeat(20_000)}\n`],
    ['blocks', `${ONE}federation:\n  ${'- '.repeat(20_000)}a\n`],
    ['lists without end', `${ONE}federation: ${'['.repeat(20_000)}\n`],
  ])('is refused as invalid YAML when %s are nested without measure', (_what, text) => {
    const synthesis = synthesize(besideTrust(text), { now: NOW });
    expect(codesOf(synthesis)).toEqual(['invalid-yaml']);
    expect(rendered(synthesis)).not.toContain('call stack');
    expectWellRendered(rendered(synthesis));
  });

  test('may use one anchor for each of 150 clusters', () => {
    const clusters = Array.from(
      { length: 150 },
      (_, index) =>
        `  c${index}: { trustDomain: c${index}.test, istio: ${index === 0 ? '&i { dataplane: ambient }' : '*i'} }\n`,
    );
    const codes = new Set(
      codesOf(synthesize(besideTrust(`fleet: many\nclusters:\n${clusters.join('')}`), { now: NOW })),
    );
    expect([...codes].sort()).toEqual(['ambient-unsupported', 'file-missing']);
  });

  test('reports two hundred faults at once, each at its place', () => {
    const clusters = Array.from({ length: 200 }, (_, index) => `  c${index}: { trustDomain: C${index} }\n`);
    const synthesis = synthesize(besideTrust(`fleet: many\nclusters:\n${clusters.join('')}`), { now: NOW });
    const places = clusters.map((line, index) => `malformed ${index + 3}:${line.indexOf('C') + 1}`);
    expect(found(synthesis)).toEqual(places.sort());
  });

  test('blames each of a thousand workloads once when all select the same pods', () => {
    const workloads = Array.from(
      { length: 1000 },
      (_, index) =>
        `  w${index}: { cluster: east, namespace: n, serviceAccount: s${index}, pods: { labels: { app: a } } }\n`,
    );
    const synthesis = synthesize(besideTrust(`${ONE}workloads:\n${workloads.join('')}`), { now: NOW });
    expect(codesOf(synthesis)).toEqual(Array.from({ length: 999 }, () => 'pods-shared'));
  });
});
