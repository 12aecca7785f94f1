/** The schema of a Service that is reached from outside of its cluster. */
import { type Format, labelKey } from '../formats/formats';
import { mapOf, text } from '../formats/schema-kit';

const annotationKey: Format = {
  ...labelKey,
  what: 'an annotation',
  example: 'service.beta.kubernetes.io/aws-load-balancer-scheme',
};

const annotationValue: Format = {
  what: 'the value of an annotation',
  example: 'internal',
  pattern: '^.{0,4096}$',
  check: (value) => {
    if (/[\p{Cc}\p{Cs}]/u.test(value)) return 'it has a line break or another control character';
    // Flux's postBuild substitutes variables in every manifest that it applies.
    if (value.includes('${')) return 'it has "${", which Flux would replace';
    return value.length > 4096 ? 'it has more than 4096 characters' : undefined;
  },
};

/** @see https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class */
const loadBalancerClass: Format = { ...labelKey, what: 'a load balancer class', example: 'service.k8s.aws/nlb' };

/** Keys that `bundleEndpoint`, `gateway` and `serverApi` have in common. */
export const serviceKeys = {
  annotations: mapOf(
    text(annotationKey, 'An annotation of your provider, or of what watches Services.'),
    text(annotationValue, 'Its value, in quotes where it looks like a number or a truth value.'),
  )
    .optional()
    .describe(
      'Annotations of the Service. On most managed clusters a Service of type LoadBalancer is of the public internet unless one of them says internal. Default: none.',
    ),
  loadBalancerClass: text(
    loadBalancerClass,
    "Which load balancer implementation takes the Service. Cannot be changed once the Service is there. Default: the cluster's own.",
  ).optional(),
};
