/** Finds hosts with a certificate of their own that several trust domains call. */
import { defineRule } from './rule';

export const credentialShared = defineRule({
  code: 'credential-shared',
  severity: 'warning',
  waivable: true,
  looksFor: 'a host with a credential that workloads of several other trust domains call',
  why: "the gateway then verifies callers with the Secret's ca.crt, which holds the roots of all these trust domains. A CA of one of them could sign an SVID of another, and the gateway would accept it. If the gateway uses its own SVID, it checks each SVID against the roots of its own trust domain.",
  source:
    'istio pilot/pkg/xds/sds.go (ca.crt becomes a plain validation context); spire pkg/agent/endpoints/sdsv3/handler.go (envoy.tls.cert_validator.spiffe)',
  example: { host: 'bookinfo.com', trustDomains: ['cluster1.demo', 'bank.example'] },
  check: ({ workloads, calls }, find) => {
    for (const called of workloads.filter(({ written }) => written.credential !== undefined)) {
      const callers = calls.filter((call) => call.remote && call.called === called);
      const trustDomains = [...new Set(callers.map(({ caller }) => caller.trustDomain))].sort();
      const { host } = called.written;
      if (trustDomains.length > 1 && host !== undefined) find([...called.place, 'credential'], { host, trustDomains });
    }
  },
});
