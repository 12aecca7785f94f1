/** Proves who is refused: everyone but the caller that the fleet names. */
import type { CommandResult } from '../machine/command';
import type { Stage } from '../stage';
import { requestsAtGateway } from './gateway-log';
import { curl } from './page';
import { expect, type Proof } from './proof';
import { signSvid } from './signed-svid';
import { callAccepted, callWith, gatewayOptions, gatewayUrl, mintAtCaller } from './svid-files';

/** Some workload of the caller's trust domain that the fleet allows nothing. */
export const OTHER_PATH = '/ns/default/sa/somebody-else';

export const refusalProofs: readonly Proof[] = [
  {
    name: 'a client without certificate is refused in the handshake',
    prove: (stage) =>
      refusedInHandshake(stage, () => curl(stage, ...WRITE_STATUS, ...gatewayOptions(stage), gatewayUrl(stage))),
  },
  {
    name: "an SVID of the caller's trust domain that is not the allowed caller is refused",
    prove: async (stage) => {
      const other = await mintAtCaller(stage, new URL(OTHER_PATH, stage.walkthrough.caller.spiffeId).href);
      return refusedInHandshake(stage, () => callWith(stage, other, ...WRITE_STATUS));
    },
  },
  {
    name: 'an SVID of a trust domain that is not federated is refused',
    prove: async (stage) => {
      const foreign = await signSvid(stage, { spiffeId: 'spiffe://third.demo/curl-greeter' });
      return refusedInHandshake(stage, () => callWith(stage, foreign, ...WRITE_STATUS));
    },
  },
  {
    name: 'an SVID that claims the allowed SPIFFE ID is refused when a foreign root signed it, and accepted when the right CA did',
    prove: async (stage) => {
      const { caller } = stage.walkthrough;
      const { trustDomain } = stage.resolveCluster(stage.findCluster(caller.cluster));
      const genuine = await signSvid(stage, {
        spiffeId: caller.spiffeId,
        issuer: stage.fleet.intermediateOf(trustDomain),
      });
      await callAccepted(stage, genuine);
      const forged = await signSvid(stage, { spiffeId: caller.spiffeId });
      return refusedInHandshake(stage, () => callWith(stage, forged, ...WRITE_STATUS));
    },
  },
  {
    name: 'plain HTTP to a STRICT workload is refused',
    prove: async (stage) => {
      const { called } = stage.walkthrough;
      const { node, kubectl } = stage.findCluster(called.cluster);
      const [pod] = await kubectl.list(['pods', '-n', called.namespace, '-l', `app=${called.service}`]);
      const address = (pod?.status as { readonly podIP?: string } | undefined)?.podIP;
      expect(address !== undefined, `${called.service} has no pod with an address`);
      // From the node itself, whose requests pass no sidecar.
      const answer = await node.tryRun(['curl', '-sS', '--max-time', '5', `http://${address}:9080/health`]);
      // The port is open and the proxy ends the connection: a pod that is away would be another code.
      expect(
        answer.code === 56 || answer.code === 52,
        `curl ended with ${answer.code}: ${answer.stdout}${answer.stderr}`,
      );
      return `curl from the node: ${answer.stderr.trim()}`;
    },
  },
];

const WRITE_STATUS = ['--output', '/dev/null', '--write-out', '%{http_code}'] as const;

/**
 * curl's codes for a handshake that the other side ends: with TLS 1.3 the alert comes after curl thinks that all is well,
 * as an error of reading (56), of sending (55), of the stream (18, 92, 16) or of the handshake itself (35).
 */
const REFUSED = new Set([16, 18, 35, 55, 56, 92]);

/** Refused, and by the gateway: the right SVID gets through at the same time, and no request of the other is in its log. */
export async function refusedInHandshake(stage: Stage, call: () => Promise<CommandResult>): Promise<string> {
  await callAccepted(stage, await mintAtCaller(stage, stage.walkthrough.caller.spiffeId));
  const before = (await requestsAtGateway(stage)).length;
  const { code, stdout, stderr } = await call();
  expect(REFUSED.has(code) && stdout.trim().startsWith('000'), `curl ended with ${code}: ${stdout} ${stderr}`);
  expect((await requestsAtGateway(stage)).length === before, 'the gateway took the request');
  return `${stderr.trim().split('\n')[0]}; no request at the gateway`;
}
