/** Finds https_web endpoints at hosts for which no public CA issues a certificate. */
import { whyNotPublic } from '../../formats/public-names';
import { defineRule } from './rule';

export const webCertificateImpossible = defineRule({
  code: 'web-certificate-impossible',
  severity: 'warning',
  waivable: true,
  looksFor:
    'https_web at a private address, at a name without a domain, or at a name below a domain that is not public',
  why: "peers verify such an endpoint only with the public roots in SPIRE's image. No public CA issues certificates for these hosts, so no poll succeeds unless the image has roots of your own.",
  source: 'spire pkg/server/bundle/client/client.go (no RootCAs); CA/B Baseline Requirements 4.2.2; spiffe/spire#5331',
  example: { host: '192.168.10.10', what: 'a private address' },
  check: ({ clusters, partners }, find) => {
    for (const [name, { bundleEndpoint }] of clusters) {
      // Without a certificate it is refused for that.
      if (bundleEndpoint?.profile !== 'https_web' || bundleEndpoint.webCertificate === undefined) continue;
      const what = whyNotPublic(bundleEndpoint.address);
      if (what !== undefined)
        find(['clusters', name, 'bundleEndpoint', 'address'], { host: bundleEndpoint.address, what });
    }
    for (const [name, { url, profile }] of partners) {
      if (profile !== 'https_web' || !URL.canParse(url)) continue;
      const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
      const what = whyNotPublic(host);
      if (what !== undefined) find(['partners', name, 'bundleEndpoint', 'url'], { host, what });
    }
  },
});
