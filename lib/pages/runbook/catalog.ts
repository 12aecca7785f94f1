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
    'Each part begins with the commands that show the failure. Words in capitals are yours to fill in. docs/operations.md, "When something',
    'fails", has what is the same in every fleet.',
    ...FAILURES.flatMap((failureOf) => failureOf(fleet, paths) ?? []).flatMap((failure) => [
      '',
      ...renderFailure(failure),
    ]),
    '',
    '### Timeouts, and nothing else is wrong',
    '',
    'A NetworkPolicy drops what a SPIRE server or agent dials. "What you provide" has the ports that are open;',
    '`spire: { networkPolicies: false }` shows whether it is one of ours.',
  ];
}
