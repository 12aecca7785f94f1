import { execFileSync } from 'node:child_process';
import { identityColumns } from '../../lib/pages/identity-columns';
import { renderTrials } from '../../lib/pages/trial-steps';
import { importedCrds } from '../../lib/schemas/crds';
import { PAIR, resolveText } from '../resolved';

/** The commands that make calls, and the comments above them. */
async function callsOf(text: string): Promise<readonly string[]> {
  const { fleet } = await resolveText(text);
  const [, , , block = ''] = renderTrials(fleet!)
    .join('\n')
    .split(/```(?:sh)?\n?/);
  return block.trim().split('\n');
}

/** The words of a command after `--`, as a shell reads them. */
const argumentsOf = (command: string): readonly string[] =>
  execFileSync('sh', ['-c', `printf '%s\\n' ${command.split(' -- ')[1]}`], { encoding: 'utf8' })
    .trim()
    .split('\n');

const pair = (routes: string): string =>
  PAIR.replace('preset: bookinfo, host: bookinfo.test', `image: "shop:1.0", port: 80, host: bookinfo.test, ${routes}`);

test('calls a page of Bookinfo that the routes let through, as one command, and expects 200', async () => {
  expect(await callsOf(PAIR)).toEqual([
    '# greeter -> bookinfo: 200',
    "kubectl --context east exec -n greeter deploy/greeter -c greeter -- curl -s -o /dev/null -w '%{http_code}\\n' --max-time 20 http://bookinfo.test/productpage",
  ]);
});

test.each([
  ['', 'http://bookinfo.test/'],
  ['routes: [/api/*, /health]', 'http://bookinfo.test/health'],
  ['routes: [/api/*]', 'http://bookinfo.test/api/'],
  ['routes: ["/o\'brien;reboot$(id)&x"]', "http://bookinfo.test/o'brien;reboot$(id)&x"],
  ['routes: ["/caf%C3%A9/%20x"]', 'http://bookinfo.test/caf%C3%A9/%20x'],
])('calls a path that %j lets through, as one word', async (routes, url) => {
  const [says, command = ''] = await callsOf(pair(routes));
  expect(says).toBe('# greeter -> bookinfo: 200, or another status of the program at this path');
  expect(argumentsOf(command).at(-1)).toBe(url);
});

test('has curl take brackets of a path as they are', async () => {
  const lines = await callsOf(pair('routes: ["/a[1-9]"]'));
  expect(lines[1]).toMatch(/ curl -s --globoff .* 'http:\/\/bookinfo\.test\/a\[1-9\]'$/);
});

test('finds pods from elsewhere by their labels, and calls from none that does not call', async () => {
  const text = PAIR.replace(
    'greeter: { cluster: east, preset: curl-greeter, spiffeId: /greeter, calls: [bookinfo] }',
    `till: { cluster: east, namespace: shop, pods: { labels: { app: till } }, serviceAccount: till, calls: [bookinfo] }
  other: { cluster: east, namespace: shop, image: "other:1.0" }`,
  );
  const lines = await callsOf(text);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(
    'exec -n shop "$(kubectl --context east get pods -n shop -l app=till --field-selector status.phase=Running -o name | head -n 1)" -- curl',
  );
});

test('shows counts that the definition of ClusterSPIFFEID has', () => {
  const crd = importedCrds('spire').find(({ metadata }) => metadata.name === 'clusterspiffeids.spire.spiffe.io');
  const stats = JSON.stringify(crd?.spec);
  const fields = [...identityColumns('east').matchAll(/\.status\.stats\.(\w+)/g)].map(([, field]) => field);
  expect(fields).toEqual(expect.arrayContaining(['podsSelected', 'entryFailures']));
  expect(fields.filter((field) => !stats.includes(`"${field}":`))).toEqual([]);
});
