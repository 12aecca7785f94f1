/** Refuses pods that ask for SPIRE's injection template and were not injected. */
import { Construct } from 'constructs';
import {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../../imports/admissionregistration.k8s.io';
import { CSI_DRIVER, ISTIO, objectLabels, TEMPLATES_ANNOTATION } from '../model/names';

const NAME = 'spire-proxy-required';

/**
 * A ValidatingAdmissionPolicy with its binding, for every namespace.
 *
 * A pod that is created before istiod has registered its webhook would run without proxy and identity for as long as it
 * lives: nothing injects it later. Refused, it is created again by its controller until the webhook is there, so that a
 * cluster converges in whatever order things are applied.
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
        matchConditions: [{ name: 'asks-for-identity', expression: ASKS_FOR_IDENTITY }],
        validations: [
          {
            expression: HAS_SOCKET,
            message: `the pod asks for a proxy with an identity of SPIRE, and Istio has not injected it; it will be once istiod runs and its webhook covers this namespace`,
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

const HAS_SOCKET = `has(object.spec.volumes) && object.spec.volumes.exists(v, has(v.csi) && v.csi.driver == '${CSI_DRIVER.driver}')`;
