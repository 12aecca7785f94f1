/** The list of failures in the runbook, in the order of the page. */
import type { ResolvedFleet } from '../../model/resolved-fleet';
import type { Written } from '../../problems/commands';
import { authorityFailures } from './authority-failures';
import { bundleOutOfDate } from './bundle-out-of-date';
import { callRefused } from './call-refused';
import { callUnavailable } from './call-unavailable';
import { endpointUnreachable } from './endpoint-unreachable';
import { type FailureOf, renderFailure } from './failure';
import { nodeLost } from './node-lost';
import { podWithoutSvid } from './pod-without-svid';

const FAILURES: readonly FailureOf[] = [
  podWithoutSvid,
  callRefused,
  callUnavailable,
  authorityFailures,
  endpointUnreachable,
  bundleOutOfDate,
  nodeLost,
];

/** Lines of Markdown: each failure that can happen in this fleet, its diagnosis and its remedy. */
export function renderRunbook(fleet: ResolvedFleet, paths: Written): readonly string[] {
  return [
    'Each section starts with the commands that show the failure. Replace words in capitals. "When something fails" in docs/operations.md',
    'has the information that is the same for every fleet.',
    ...FAILURES.flatMap((failureOf) => failureOf(fleet, paths) ?? []).flatMap((failure) => [
      '',
      ...renderFailure(failure),
    ]),
    '',
    '### Connections time out without another cause',
    '',
    'A NetworkPolicy blocks connections of a SPIRE server or agent. "What you provide" lists the allowed ports. To find out whether it is a',
    'policy of this output, try `spire: { networkPolicies: false }`.',
  ];
}
