/** What a fleet file may say of spire-controller-manager. */
import * as z from 'zod';
import { namespacePattern, parentIdTemplate } from '../formats/controller-manager-formats';
import { seconds } from '../formats/duration';
import * as durations from '../formats/duration-formats';
import { dnsLabel } from '../formats/formats';
import { memory } from '../formats/memory-format';
import { addProblem, text } from '../formats/schema-kit';
import { DEFAULTS } from './defaults';
import { logKeys } from './log-schema';

/** Those of controller-runtime. @see sigs.k8s.io/controller-runtime pkg/manager/internal.go */
const LEASE = { leaseDuration: '15s', renewDeadline: '10s', retryPeriod: '2s' } as const;

const leaseTime = (key: keyof typeof LEASE, meaning: string) =>
  text(durations.leaseTime, `${meaning} ${durations.boundsOf(durations.leaseTime)} Default: ${LEASE[key]}.`, LEASE[key])
    .optional()
    .meta({ default: LEASE[key] });

/** The order that client-go asks for: tools/leaderelection/leaderelection.go. */
const leaderElection = z
  .strictObject({
    leaseDuration: leaseTime('leaseDuration', 'After how long without a renewal another pod takes over.'),
    renewDeadline: leaseTime('renewDeadline', 'How long the leader tries to renew before it stops.'),
    retryPeriod: leaseTime('retryPeriod', 'How often each pod tries.'),
  })
  .superRefine((given, context) => {
    const { leaseDuration, renewDeadline, retryPeriod } = { ...LEASE, ...given };
    const because = 'the controller manager does not start otherwise';
    if (seconds(leaseDuration) <= seconds(renewDeadline)) {
      const facts = { key: 'leaseDuration', given: leaseDuration, other: 'renewDeadline', otherGiven: renewDeadline };
      addProblem(context, [], { code: 'interval-too-short', facts: { ...facts, because } });
    } else if (seconds(renewDeadline) <= 1.2 * seconds(retryPeriod)) {
      const facts = { key: 'renewDeadline', given: renewDeadline, other: 'retryPeriod', otherGiven: retryPeriod };
      const byFifth = `by more than a fifth; ${because}`;
      addProblem(context, [], { code: 'interval-too-short', facts: { ...facts, because: byFifth } });
    }
  })
  .optional()
  .describe('How the controller managers of several server pods choose the one that writes entries.');

const NO_PREFIX = 'none';

/** @see https://github.com/spiffe/spire-controller-manager/blob/v0.7.0/docs/spire-controller-manager-config.md */
export const controllerManager = z
  .strictObject({
    ...logKeys('the controller manager'),
    memory: text(
      memory,
      `Memory limit of spire-controller-manager, which keeps a copy of every pod of the cluster: about 50Mi for each thousand pods, finished ones included, and 50Mi besides. A quarter of it is requested. Default: ${DEFAULTS.spire.controllerManagerMemory}.`,
    )
      .optional()
      .meta({ default: DEFAULTS.spire.controllerManagerMemory }),
    className: text(
      dnsLabel,
      `Class of the SPIRE resources that it serves; all resources of the output have it. Resources of another class are left to other controller managers. Default: ${DEFAULTS.spire.className}.`,
      'spire-mgmt',
    )
      .optional()
      .meta({ default: DEFAULTS.spire.className }),
    watchClassless: z
      .boolean()
      .optional()
      .describe(
        'Whether it serves resources without a class too, such as those that other charts bring. Only one controller manager of a cluster may. Default: false.',
      )
      .meta({ default: false }),
    ignoredNamespaces: z
      .array(text(namespacePattern, 'A namespace; "*" stands for any characters.'))
      .min(1)
      .max(100)
      .optional()
      .describe(
        'Namespaces whose pods get no SVIDs, beside those of Kubernetes and SPIRE, which are always ignored. Default: none.',
      ),
    entryIdPrefix: text(
      dnsLabel,
      'Beginning of the IDs of the entries that it makes. It then leaves entries alone that others made by hand or by API. Without it, it deletes all entries that are not its own.',
      'east',
    ).optional(),
    formerEntryIdPrefix: text(
      dnsLabel,
      `The prefix before entryIdPrefix was changed, or ${NO_PREFIX} where there was none. The controller manager deletes entries with it, those without a prefix included. Remove this key once the change is applied.`,
      NO_PREFIX,
    ).optional(),
    parentIdTemplate: text(
      parentIdTemplate,
      'SPIFFE ID below which the entries of a node are. Only the agents that have this ID, or for which a ClusterStaticEntry makes it an alias, get the entries. Default: the ID of the agent of the node.',
    ).optional(),
    gcInterval: text(
      durations.gcInterval,
      `How often it compares all entries, beside each change of a pod or resource. ${durations.boundsOf(durations.gcInterval)} Default: 10s.`,
    )
      .optional()
      .meta({ default: '10s' }),
    leaderElection,
  })
  .superRefine(({ entryIdPrefix, formerEntryIdPrefix }, context) => {
    if (formerEntryIdPrefix === undefined) return;
    if (entryIdPrefix === undefined) {
      // Without a prefix, the controller manager ignores the former one: it deletes all entries that are not its own.
      const facts = { key: 'entryIdPrefix', of: 'a controller manager with formerEntryIdPrefix' };
      addProblem(context, [], { code: 'missing-key', facts });
    } else if (entryIdPrefix === formerEntryIdPrefix) {
      const facts = { key: 'formerEntryIdPrefix', because: 'it is the same as entryIdPrefix, whose entries stay' };
      addProblem(context, ['formerEntryIdPrefix'], { code: 'not-applicable', facts, atKey: true });
    }
  })
  .describe("spire-controller-manager, in the server's pod.");
