import { chartUrl, gitUrl, repositoryFolder } from '../../lib/formats/delivery-formats';

test.each([
  ['https://git.example.org/platform/fleet.git', 'https://git.example.org/platform/fleet.git'],
  ['HTTPS://Git.Example.org/Platform/Fleet.git', 'https://git.example.org/Platform/Fleet.git'],
  ['SSH://git@git.example.org:22/fleet.git', 'ssh://git@git.example.org:22/fleet.git'],
  ['https://[2001:DB8::1]/fleet.git', 'https://[2001:db8::1]/fleet.git'],
  ['https://gitea.infra.svc.cluster.local:3000/a%20b.git', 'https://gitea.infra.svc.cluster.local:3000/a%20b.git'],
])('reads the repository %s and writes %s', (text, canonical) => {
  expect(gitUrl.check(text)).toBeUndefined();
  expect(gitUrl.canonical?.(text)).toBe(canonical);
});

test.each([
  ['https://git.test/{{x', '"{" as part of a template or pattern'],
  ['https://git.test/*', '"*" as part of a template or pattern'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Flux
  ['https://git.test/${x}', '"$" as part of a template or pattern'],
  ['https://git.test/[ab]', '"[" as part of a template or pattern'],
  ['https://git.test/a b', 'percent-encoded'],
  ['https://git.test/a\nb', 'cannot be parsed as a URL'],
  ['https://*.test/a', 'not a DNS name'],
  ['https://git.test:0/a', 'port'],
  ['https://localhost/a', 'loopback'],
  ['https://me:secret@git.test/a', 'Secret'],
  ['https://@git.test/a', 'Secret'],
  ['ssh://git:secret@git.test/a', 'Secret'],
  ['https://git.test/a?b', 'query'],
  ['git@git.test:a', 'ssh://'],
  ['http://git.test/a', 'scheme'],
])('refuses the repository %j because of %s', (text, reason) => {
  expect(gitUrl.check(text)).toContain(reason);
});

test('writes the scheme of a registry as Helm and Flux know it', () => {
  expect(chartUrl.check('OCI://reg.test/x')).toBeUndefined();
  expect(chartUrl.canonical?.('OCI://reg.test/x')).toBe('oci://reg.test/x');
});

test.each(['dist', '.', './deploy//dist/', 'clusters/prod-1/dist', 'a+b/c@d,e=f', 'über uns'])(
  'takes the folder %s',
  (path) => {
    expect(repositoryFolder.check(path)).toBeUndefined();
  },
);

test.each([
  ...[
    'dist/{{ .x }}',
    'dist/*',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Flux
    'dist/${x}',
    'dist/?',
    'dist/[ab]',
    'a}',
    'a\\b',
    '/dist',
    '../dist',
    'a\nb',
    'dist /a',
    '',
  ],
])('refuses the folder %j', (path) => {
  expect(repositoryFolder.check(path)).toBeDefined();
});
