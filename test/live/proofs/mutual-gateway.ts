/** Proves the walkthrough's own gateway, which serves a minted SVID from a Secret: asked for in the fleet, applied, called, taken back. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { istioSpiffeId } from '../../../lib/model/spire/spiffe-id';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { fetchPage } from './page';
import { expect, type Proof } from './proof';
import { OTHER_PATH, refusedInHandshake } from './refusals';
import { callAccepted, callWith, mintAtCaller } from './svid-files';

const SECRET = 'bookinfo-credential';

export const mutualGatewayProofs: readonly Proof[] = [
  {
    name: 'the gateway serves a certificate from a Secret when the fleet says so, admits the same caller alone, and goes back',
    changesFleet: true,
    prove: async (stage) => {
      const { caller, called, gateway } = stage.walkthrough;
      const { trustDomain } = stage.resolveCluster(stage.findCluster(called.cluster));
      const workloadId = istioSpiffeId(trustDomain, called.namespace, `bookinfo-${called.service}`);
      await putCredential(stage, workloadId);
      stage.fleet.change((document) => document.setIn(['workloads', 'bookinfo', 'credential'], { secret: SECRET }));
      await stage.applyAll();
      const there = await waitForServed(stage, workloadId);
      const other = await mintAtCaller(stage, new URL(OTHER_PATH, caller.spiffeId).href);
      const refused = await refusedInHandshake(stage, () =>
        callWith(stage, other, '--output', '/dev/null', '--write-out', '%{http_code}'),
      );
      stage.fleet.restore();
      await stage.applyAll();
      const back = await waitForServed(stage, gateway.spiffeId);
      await deleteCredential(stage);
      return `${there}; somebody else: ${refused}; then ${back}`;
    },
  },
];

/** Waits until both ways lead through a gateway with this certificate: curl with files, and callers in the mesh, who insist on it. */
function waitForServed(stage: Stage, spiffeId: string): Promise<string> {
  return waitFor(
    `certificate of ${spiffeId} at the gateway`,
    async () => {
      const { served, protocol } = await callAccepted(
        stage,
        await mintAtCaller(stage, stage.walkthrough.caller.spiffeId),
      );
      expect(served === spiffeId, `it served ${served}`);
      await fetchPage(stage);
      return `${protocol} 200 from ${served}, with files and through the mesh`;
    },
    { timeout: 60 },
  );
}

/** The Secret of the walkthrough: an SVID with its key, and the CA of the callers. */
async function putCredential(stage: Stage, spiffeId: string): Promise<void> {
  const { caller, called, gateway, host } = stage.walkthrough;
  const svid = await stage.spireServer(stage.findCluster(called.cluster)).mint(spiffeId, host);
  const callers = await stage.spireServer(stage.findCluster(caller.cluster)).ownBundle();
  const folder = stage.lab.folder('credential');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = { 'tls.crt': svid.certificates, 'tls.key': svid.key, 'ca.crt': callers };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  const fromFiles = Object.keys(files).map((name) => `--from-file=${join(folder, name)}`);
  await deleteCredential(stage);
  const { kubectl } = stage.findCluster(called.cluster);
  await kubectl.run(['create', 'secret', 'generic', SECRET, '-n', gateway.namespace, ...fromFiles]);
}

async function deleteCredential(stage: Stage): Promise<void> {
  const { called, gateway } = stage.walkthrough;
  const { kubectl } = stage.findCluster(called.cluster);
  await kubectl.run(['delete', 'secret', '--ignore-not-found', '-n', gateway.namespace, SECRET]);
}
