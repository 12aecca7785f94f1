import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../command-line';
import { Repository } from '../repository';

let repository: Repository;

beforeEach(() => {
  repository = Repository.withWalkthrough();
});

async function synthesized(change: (text: string) => string): Promise<void> {
  repository.edit('fleet.yaml', change);
  expect(await repository.run('synth')).toMatchObject({ exitCode: 0 });
}

test('prints what a renamed workload leaves behind, last layers first, its namespace as a comment', async () => {
  await synthesized((text) => text.replace('  bookinfo:\n', '  books:\n').replace('[bookinfo]', '[books]'));
  const { exitCode, printed, errorOutput } = await repository.run('prune-commands');
  expect([exitCode, errorOutput]).toEqual([0, '']);
  const ofCluster2 = printed.slice(printed.indexOf('# cluster2')).split('\n');
  expect(ofCluster2.map((line) => line.replace('kubectl --context cluster2 delete ', ''))).toEqual([
    '# cluster2',
    '-n istio-system authorizationpolicy.security.istio.io --ignore-not-found -- host-bookinfo',
    '-n bookinfo virtualservice.networking.istio.io --ignore-not-found -- bookinfo',
    '-n bookinfo gateway.networking.istio.io --ignore-not-found -- bookinfo',
    '-n bookinfo deployment.apps --ignore-not-found -- reviews-v3 reviews-v2 reviews-v1 ratings-v1 productpage-v1 details-v1',
    '-n bookinfo service --ignore-not-found -- reviews ratings productpage details',
    '-n bookinfo serviceaccount --ignore-not-found -- bookinfo-reviews bookinfo-ratings bookinfo-productpage bookinfo-details',
    '-n bookinfo authorizationpolicy.security.istio.io --ignore-not-found -- bookinfo-reviews bookinfo-ratings bookinfo-productpage bookinfo-details',
    '-n bookinfo peerauthentication.security.istio.io --ignore-not-found -- bookinfo-reviews bookinfo-ratings bookinfo-productpage bookinfo-details',
    'clusterspiffeid.spire.spiffe.io --ignore-not-found -- workload-bookinfo',
    '# Namespace bookinfo: its deletion deletes everything in it, also objects of others',
  ]);
});

test('prints what the steps for an ended federation leave to it', async () => {
  await synthesized((text) =>
    text
      .replace('between: [cluster1, cluster2]', 'between: [cluster1, cluster2]\n    ended: true')
      .replace('    calls: [bookinfo]\n', ''),
  );
  const { printed } = await repository.run('prune-commands');
  for (const cluster of ['cluster1', 'cluster2']) {
    const peer = cluster === 'cluster1' ? 'cluster2' : 'cluster1';
    expect(printed).toContain(
      `kubectl --context ${cluster} delete clusterfederatedtrustdomain.spire.spiffe.io --ignore-not-found -- ${peer}`,
    );
    expect(printed).toMatch(
      new RegExp(`--context ${cluster} delete -n spire-server networkpolicy.networking.k8s.io .*federation-${peer}`),
    );
  }
});

test('prints a comment in place of a command for objects of a removed cluster whose deletion would remove more', async () => {
  rmSync(join(repository.folder, 'dist', 'cluster2'), { recursive: true });
  rmSync(join(repository.folder, 'dist', 'istio', 'cluster2'), { recursive: true });
  const { printed } = await repository.run('prune-commands');
  const commands = printed.split('\n').filter((line) => !line.startsWith('#'));
  expect(commands.filter((line) => /namespace |customresourcedefinition|statefulset|istiooperator/.test(line))).toEqual(
    [],
  );
  for (const comment of [
    /^# StatefulSet spire-server\/spire-server: its volumes stay/m,
    /^# CustomResourceDefinition clusterspiffeids\.spire\.spiffe\.io: its deletion deletes every object of its kind/m,
    /^# Namespace spire-server: /m,
    /^# IstioOperator istio-system\/istio: uninstall Istio with istioctl/m,
    /^# HelmValues istio\/cluster2\/istiod\.values\.yaml: /m,
  ]) {
    expect(printed).toMatch(comment);
  }
  // Pods that wait for the CSI driver to let go of their volumes would hang without it.
  const position = (text: string): number => commands.findIndex((line) => line.includes(text));
  expect(position('deployment.apps')).toBeGreaterThan(-1);
  expect(position('deployment.apps')).toBeLessThan(position('daemonset.apps'));
  expect(position('clusterspiffeid')).toBeLessThan(position('daemonset.apps'));
});

test('says so where nothing is gone, and names the commit before', async () => {
  renameSync(
    join(repository.folder, 'dist/cluster1/workloads/curl-greeter.yaml'),
    join(repository.folder, 'dist/cluster1/workloads/moved.yaml'),
  );
  const { exitCode, printed, errorOutput } = await repository.run('prune-commands');
  expect([exitCode, printed]).toEqual([0, '']);
  expect(errorOutput).toContain('npx cdk8s-spire prune-commands HEAD~1');
});

test('quotes names that a shell would read otherwise', async () => {
  const file = 'dist/cluster1/workloads/curl-greeter.yaml';
  repository.edit(file, () => `apiVersion: v1\nkind: Service\nmetadata: { name: "a; rm -rf 'x'" }\n`);
  repository.commit('odd');
  rmSync(join(repository.folder, file));
  const { printed } = await repository.run('prune-commands');
  expect(printed).toContain(`delete service --ignore-not-found -- 'a; rm -rf '\\''x'\\'''`);
});

test('lets no name become an option, a second line or a command of the terminal', async () => {
  const files = {
    'dist/cluster1/workloads/option.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: "--all" }\n',
    'dist/cluster1/workloads/kind.yaml': 'apiVersion: v1\nkind: "--all"\nmetadata: { name: a }\n',
    'dist/cluster1/workloads/line.yaml': `apiVersion: v1\nkind: Service\nmetadata: { name: "a\\nreboot \\e[201~" }\n`,
    'dist/x\nreboot/a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n',
  };
  mkdirSync(join(repository.folder, 'dist/x\nreboot'));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(repository.folder, file), text);
  repository.commit('odd');
  for (const file of Object.keys(files)) rmSync(join(repository.folder, file));
  const { printed } = await repository.run('prune-commands');
  const lines = printed.split('\n').filter((line) => line !== '');
  expect(lines).toEqual([
    '# cluster1',
    `kubectl --context cluster1 delete service --ignore-not-found -- '--all'`,
    '# Service a reboot [201~: this is not a valid name in Kubernetes',
    '# --all a: this is not a valid name in Kubernetes',
    '# x reboot',
    '# Service a: this is not a valid name in Kubernetes',
  ]);
});

test('refuses a commit that is not there', async () => {
  expect(await repository.run('prune-commands', 'v9')).toMatchObject({ exitCode: 2, printed: '' });
});

test.each([[['removed']], [['removed', 'HEAD~1', '-o', 'dist']], [['removed', '--help']]])(
  'is refused by its former name, as %j',
  async (args) => {
    expect(await commandLine('.', ...args)).toEqual({
      exitCode: 2,
      printed: '',
      errorOutput: 'error: the command "removed" is now called "prune-commands"',
    });
  },
);

test('is the only name in the help', async () => {
  const { printed } = await commandLine('.', '--help');
  expect(printed).toContain('prune-commands');
  expect(printed).not.toMatch(/^ +removed/m);
});
