/** Proves who is refused: everyone but the caller that the fleet names. */

import { sleep } from '../machine/wait';
import type { Stage } from '../stage';
import { curl, GATEWAY_ADDRESS, HOST, statusOf } from './calls';
import { makeForeignSvid } from './foreign-svid';
import { expect, type Proof } from './proof';
import { filesArguments, gatewayLog, putFiles, putSvidFiles } from './traffic';

export const refusalProofs: readonly Proof[] = [
  {
    name: 'a client without certificate is refused in the handshake',
    prove: (stage) => {
      const withoutFiles = ['--resolve', `${HOST}:443:${GATEWAY_ADDRESS}`, '--cacert', '/tmp/server-roots.pem'];
      return refusedInHandshake(stage, [...withoutFiles, `https://${HOST}:443/productpage`]);
    },
  },
  {
    name: 'an SVID of cluster1 that is not the allowed caller is refused',
    prove: async (stage) => {
      await putSvidFiles(stage, 'spiffe://cluster1.demo/ns/default/sa/somebody-else', 'somebody-else');
      return refusedInHandshake(stage, filesArguments('somebody-else'));
    },
  },
  {
    name: 'an SVID of a third trust domain is refused',
    prove: async (stage) => {
      const { certificates, key } = await makeForeignSvid('spiffe://third.demo/curl-greeter');
      await putFiles(stage, { 'foreign.pem': certificates, 'foreign.key': key });
      return refusedInHandshake(stage, filesArguments('foreign'));
    },
  },
  {
    name: 'an SVID that claims the allowed SPIFFE ID but was signed by a third trust domain is refused',
    prove: async (stage) => {
      const { certificates, key } = await makeForeignSvid('spiffe://cluster1.demo/curl-greeter');
      await putFiles(stage, { 'forged.pem': certificates, 'forged.key': key });
      return refusedInHandshake(stage, filesArguments('forged'));
    },
  },
  {
    name: 'plain HTTP to a STRICT workload is refused',
    prove: async (stage) => {
      const cluster = stage.findCluster('cluster2');
      const [pod] = await cluster.list(['pods', '-n', 'bookinfo', '-l', 'app=details']);
      const address = (pod?.status as { readonly podIP?: string } | undefined)?.podIP;
      // From the node itself, which no sidecar stands in front of.
      const result = await cluster.node.tryRun(['curl', '-sS', '--max-time', '5', `http://${address}:9080/details/0`]);
      expect(result.code !== 0, `it answered: ${result.stdout}`);
      return `curl from the node ended with ${result.code}: ${result.stderr.trim()}`;
    },
  },
];

/** A TLS handshake that fails after the server's certificate was accepted: curl's 35 or 56, never an answer. */
async function refusedInHandshake(stage: Stage, args: readonly string[]): Promise<string> {
  // The same connection with the right files goes through: the refusal is not a gateway that is down.
  expect((await statusOf(stage, ...filesArguments('caller'))) === '200', 'the allowed caller is refused as well');
  const before = await requestsAtGateway(stage);
  const result = await curl(stage, '--output', '/dev/null', '--write-out', '%{http_code}', ...args);
  expect(result.code !== 0 && result.stdout.trim() === '000', `it got ${result.stdout} with ${result.stderr}`);
  // What the far end does: an alert, or the end of the connection. Anything else is curl's own doing.
  expect(/alert|closed|SSL_read|reset/i.test(result.stderr), `curl itself refused: ${result.stderr}`);
  expect((await requestsAtGateway(stage)) === before, 'the gateway took the request');
  return `${result.stderr.trim().split('\n')[0]}; no request at the gateway`;
}

/** Requests that got past TLS; the access log is written once a second. */
async function requestsAtGateway(stage: Stage): Promise<number> {
  await sleep(1500);
  return (await gatewayLog(stage, /"GET \/productpage/)).length;
}
