/** Refuses pods of the mesh whose proxy would not get its identity from SPIRE. */
import { Construct } from 'constructs';
import {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../../imports/admissionregistration.k8s.io';
import {
  CSI_DRIVER,
  IDENTITY_LABEL,
  ISTIO,
  objectLabels,
  SIDECAR_TEMPLATES,
  TEMPLATES_ANNOTATION,
} from '../model/names';

const NAME = 'spire-proxy-required';

/**
 * A ValidatingAdmissionPolicy with its binding, for every namespace.
 *
 * - A pod that is created before istiod has registered its webhook would run without proxy and identity for as long as it
 *   lives: nothing injects it later. Refused, it is created again by its controller until the webhook is there, so that a
 *   cluster converges in whatever order things are applied.
 * - A pod that SPIRE has an identity for, by its label, and whose proxy was injected without SPIRE's template would present
 *   a certificate of istiod, which nobody else trusts.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ in v1 since Kubernetes 1.30
 */
export class ProxyGuard extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const metadata = { name: NAME, labels: { ...objectLabels('proxy-guard', 'spire') } };
    new ValidatingAdmissionPolicy(this, 'policy', {
      metadata,
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        },
        matchConditions: [{ name: 'proxy-of-spire', expression: `(${ASKS_FOR_IDENTITY}) || (${HAS_OTHER_PROXY})` }],
        validations: [
          {
            expression: `${HAS_SOCKET} || !(${ASKS_FOR_IDENTITY})`,
            message: `the pod asks for a proxy with an identity of SPIRE, and Istio has not injected it; it will be once istiod runs and its webhook covers this namespace`,
            reason: 'Forbidden',
          },
          {
            expression: `${HAS_SOCKET} || !(${HAS_OTHER_PROXY})`,
            message: `the label ${IDENTITY_LABEL} gives the pod an identity of SPIRE, and its proxy does not ask for it; add the annotation ${TEMPLATES_ANNOTATION}: ${SIDECAR_TEMPLATES}`,
            reason: 'Forbidden',
          },
        ],
      },
    });
    new ValidatingAdmissionPolicyBinding(this, 'binding', {
      metadata,
      spec: { policyName: NAME, validationActions: ['Deny'] },
    });
  }
}

/** CEL; names of templates hold no character that a regular expression takes for its own. */
const ASKS_FOR_IDENTITY =
  `has(object.metadata.annotations) && '${TEMPLATES_ANNOTATION}' in object.metadata.annotations && ` +
  `object.metadata.annotations['${TEMPLATES_ANNOTATION}'].matches('(^|,) *(${ISTIO.sidecarTemplate}|${ISTIO.gatewayTemplate}) *(,|$)')`;

/** An identity by label, and a proxy, wherever Istio puts it. */
const HAS_OTHER_PROXY =
  `has(object.metadata.labels) && '${IDENTITY_LABEL}' in object.metadata.labels && ` +
  `(object.spec.containers.exists(c, c.name == 'istio-proxy') || ` +
  `(has(object.spec.initContainers) && object.spec.initContainers.exists(c, c.name == 'istio-proxy')))`;

const HAS_SOCKET = `(has(object.spec.volumes) && object.spec.volumes.exists(v, has(v.csi) && v.csi.driver == '${CSI_DRIVER.driver}'))`;
