/** Proves the walkthrough's call: through the meshes as plain HTTP, and with SVID files as curl's own mutual TLS. */
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { curl, GATEWAY_ADDRESS, GREETER, HOST, PAGE } from './calls';
import { expect, type Proof } from './proof';
import { SpireServerCommand } from './spire-server';

export const trafficProofs: readonly Proof[] = [
  {
    name: 'curl-greeter gets the product page with its reviews and ratings, over HTTP/2 between the clusters',
    prove: async (stage) => {
      const pages: string[] = [];
      // Reviews answers from three versions in turn; two of them ask ratings.
      for (let attempt = 0; attempt < 12; attempt++) pages.push((await curl(stage, PAGE)).stdout);
      const complete = pages.filter(
        (page) => /id="details" data-status="200"/.test(page) && /data-status="200">.*reviewer/.test(page),
      );
      expect(complete.length === pages.length, `${complete.length} of ${pages.length} pages are complete: ${pages[0]}`);
      const colors = new Set(pages.flatMap((page) => /"color":"(\w+)"/.exec(page)?.[1] ?? 'none'));
      expect(colors.size === 3, `pages have only ratings in ${[...colors]}`);
      const [line] = await gatewayLog(stage, /"GET \/productpage HTTP\/2" 200/);
      expect(line !== undefined, 'no access log of the gateway tells of HTTP/2');
      return `${pages.length} pages, ratings ${[...colors].sort().join(', ')}; gateway: ${line.slice(0, 90)}`;
    },
    logs: [{ cluster: 'cluster2', namespace: 'istio-system', workload: 'deployment/istio-ingressgateway' }],
  },
  {
    name: 'curl with the files of an SVID gets HTTP/2 200 from the gateway, verified without -k',
    prove: async (stage) => {
      await putSvidFiles(stage, 'spiffe://cluster1.demo/curl-greeter', 'caller');
      return callWithFiles(stage, 'caller');
    },
    logs: [{ cluster: 'cluster2', namespace: 'istio-system', workload: 'deployment/istio-ingressgateway' }],
  },
];

/** The walkthrough's command, without the -k it needed. */
export function filesArguments(name: string): readonly string[] {
  return [
    ...['--resolve', `${HOST}:443:${GATEWAY_ADDRESS}`, '--cacert', '/tmp/server-roots.pem'],
    ...['--cert', `/tmp/${name}.pem`, '--key', `/tmp/${name}.key`, `https://${HOST}:443/productpage`],
  ];
}

/** Calls with the files put before; what curl tells of the answer. */
export async function callWithFiles(stage: Stage, name: string): Promise<string> {
  const result = await curl(stage, '--verbose', '--output', '/dev/null', ...filesArguments(name));
  const seen = ['SSL certificate verify ok', 'HTTP/2 200'].filter((text) => result.stderr.includes(text));
  expect(seen.length === 2, `curl says: ${result.stderr.slice(-800)}`);
  return seen.join(', ');
}

/** Mints an SVID at the caller's server and lays it into curl-greeter, with the roots of the other side. */
export async function putSvidFiles(stage: Stage, spiffeId: string, name: string): Promise<void> {
  const caller = new SpireServerCommand(stage.findCluster('cluster1'));
  const { certificates, key } = await caller.mint(spiffeId);
  const roots = await new SpireServerCommand(stage.findCluster('cluster2')).ownBundle();
  await putFiles(stage, { [`${name}.pem`]: certificates, [`${name}.key`]: key, 'server-roots.pem': roots });
}

/** Writes files to /tmp of curl-greeter's container. */
export async function putFiles(stage: Stage, files: Readonly<Record<string, string>>): Promise<void> {
  const cluster = stage.findCluster('cluster1');
  const { namespace, workload, container } = GREETER;
  for (const [name, text] of Object.entries(files)) {
    // Under load an exec may end before all of its input got through; only the whole file counts.
    await waitFor(
      `file ${name} in ${container}`,
      async () => {
        const held = await cluster.kubectl(
          [
            'exec',
            '-i',
            '-n',
            namespace,
            workload,
            '-c',
            container,
            '--',
            'sh',
            '-c',
            `cat > /tmp/${name}; cat /tmp/${name}`,
          ],
          { input: text },
        );
        expect(held === text, `only ${held.length} of ${text.length} characters arrived`);
      },
      { timeout: 20 },
    );
  }
}

/** Lines of the gateway's access log that a pattern matches, newest first. */
export async function gatewayLog(stage: Stage, pattern: RegExp): Promise<readonly string[]> {
  const log = await stage
    .findCluster('cluster2')
    .kubectl(['logs', '-n', 'istio-system', 'deployment/istio-ingressgateway', '--tail=-1']);
  return log
    .split('\n')
    .filter((line) => pattern.test(line))
    .reverse();
}
