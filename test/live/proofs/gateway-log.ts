/** Reads the access log of the gateway, which lists every request that got past TLS. */
import { pause } from '../machine/wait';
import type { Stage } from '../stage';

/** Envoy writes its log once a second. */
const FLUSH = 1.5;

/** Lines about the product page, oldest first. */
export async function requestsAtGateway(stage: Stage): Promise<readonly string[]> {
  await pause(FLUSH);
  const { called, gateway } = stage.walkthrough;
  const { kubectl } = stage.findCluster(called.cluster);
  const log = await kubectl.run(['logs', '-n', gateway.namespace, gateway.workload, '--tail=-1']);
  return log.split('\n').filter((line) => line.includes('"GET /productpage'));
}
