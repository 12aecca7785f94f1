/** Proves the walkthrough's call: through the meshes as plain HTTP, and with SVID files as curl's own mutual TLS. */
import { requestsAtGateway } from './gateway-log';
import { fetchPage } from './page';
import { expect, type Proof } from './proof';
import { callAccepted, mintAtCaller } from './svid-files';

/** Versions of reviews, which Istio chooses among by load: sixty calls miss one of three once in ten thousand million runs. */
const RATINGS = ['none', 'black', 'red'] as const;
const MAX_CALLS = 60;

export const trafficProofs: readonly Proof[] = [
  {
    name: 'the caller gets the product page with its reviews and ratings, over HTTP/2 between the clusters',
    prove: async (stage) => {
      const before = (await requestsAtGateway(stage)).length;
      const seen = new Set<string>();
      let calls = 0;
      while (seen.size < RATINGS.length && calls < MAX_CALLS) {
        seen.add(/"color":"(\w+)"/.exec(await fetchPage(stage))?.[1] ?? 'none');
        calls++;
      }
      expect(
        RATINGS.every((rating) => seen.has(rating)),
        `${calls} pages have ratings in ${[...seen]} only`,
      );
      const requests = (await requestsAtGateway(stage)).slice(before);
      const overHttp2 = requests.filter((line) => line.includes('HTTP/2" 200'));
      expect(overHttp2.length === calls, `of ${calls} calls the gateway logs ${overHttp2.length} over HTTP/2`);
      return `${calls} whole pages, ratings ${[...seen].sort().join(', ')}; the gateway logs ${calls} requests of HTTP/2`;
    },
  },
  {
    name: 'curl with the files of an SVID gets HTTP/2 200 from the gateway, verified without -k',
    prove: async (stage) => {
      const { caller, gateway } = stage.walkthrough;
      const { served, protocol } = await callAccepted(stage, await mintAtCaller(stage, caller.spiffeId));
      expect(served === gateway.spiffeId, `the gateway served ${served}, not ${gateway.spiffeId}`);
      return `${protocol} 200, certificate verified: ${served}`;
    },
  },
];
