/** Proves the walkthrough's own gateway, which serves a minted SVID from a Secret: asked for in the fleet, applied, called, taken back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { curl, HOST, PAGE, statusOf } from './calls';
import { expect, type Proof } from './proof';
import { SpireServerCommand } from './spire-server';
import { callWithFiles, filesArguments, putSvidFiles } from './traffic';

const SECRET = 'bookinfo-credential';
const GATEWAY_LOG = { cluster: 'cluster2', namespace: 'istio-system', workload: 'deployment/istio-ingressgateway' };

export const mutualGatewayProofs: readonly Proof[] = [
  {
    name: 'the gateway with a certificate from a Secret answers curl with the files of an SVID, verified without -k, and refuses others',
    prove: async (stage) => {
      await putCredential(stage);
      stage.fleet.change((document) => document.setIn(['workloads', 'bookinfo', 'credential'], { secret: SECRET }));
      await stage.applyAll();
      await putSvidFiles(stage, 'spiffe://cluster1.demo/curl-greeter', 'caller');
      await putSvidFiles(stage, 'spiffe://cluster1.demo/ns/default/sa/somebody-else', 'somebody-else');
      const served = await waitFor('certificate of the Secret', () => callServed(stage), { timeout: 60 });
      const other = await curl(stage, '--output', '/dev/null', ...filesArguments('somebody-else'));
      expect(other.code !== 0, `somebody else got ${other.stdout}`);
      return `${served}, and 200 through the mesh; somebody else: ${other.stderr.trim()}`;
    },
    logs: [GATEWAY_LOG],
  },
  {
    name: 'the gateway goes back to its own SVID when the fleet does',
    prove: async (stage) => {
      stage.fleet.change((document) => document.deleteIn(['workloads', 'bookinfo', 'credential']));
      await stage.applyAll();
      await stage.findCluster('cluster2').kubectl(['delete', 'secret', '-n', 'istio-system', SECRET]);
      return waitFor(
        "the gateway's own SVID",
        async () => {
          const served = await callServed(stage);
          const { stderr } = await curl(stage, '--verbose', '--output', '/dev/null', ...filesArguments('caller'));
          const subject = /subject: (.*)/.exec(stderr)?.[1] ?? '';
          expect(subject.includes('CN=bookinfo.com'), `the certificate is of ${subject}`);
          return `${served}, and 200 through the mesh`;
        },
        { timeout: 60 },
      );
    },
    logs: [GATEWAY_LOG],
  },
];

/** The Secret of the walkthrough: an SVID with its key, and the CA of the callers. */
async function putCredential(stage: Stage): Promise<void> {
  const cluster = stage.findCluster('cluster2');
  const server = new SpireServerCommand(cluster);
  const svid = await server.mint('spiffe://cluster2.demo/ns/bookinfo/sa/bookinfo-productpage', HOST);
  const callers = await new SpireServerCommand(stage.findCluster('cluster1')).ownBundle();
  const files = { 'tls.crt': svid.certificates, 'tls.key': svid.key, 'ca.crt': callers };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cluster.folder, name), text, { mode: 0o600 });
  const fromFiles = Object.keys(files).map((name) => `--from-file=${join(cluster.folder, name)}`);
  await cluster.kubectl(['create', 'secret', 'generic', SECRET, '-n', 'istio-system', ...fromFiles]);
}

/** Callers in the mesh insist on the workload's SPIFFE ID now, so the switch is done once they get through as well. */
async function callServed(stage: Stage): Promise<string> {
  expect((await statusOf(stage, PAGE)) === '200', 'the mesh does not get through');
  return callWithFiles(stage, 'caller');
}
