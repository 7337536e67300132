import {kubectl} from '../../../model/safe-text/command.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import {factsOf} from '../../../model/kinds.ts';
import {refOf} from '../../../model/ref.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import {finding, objectField, type Finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';

type Input = {
	readonly snapshot: Snapshot;
	readonly controller: Controller;
	readonly request: HttpRequest;
	readonly ingress: Ingress;
};

/** KNET408: the Secret is there, in a namespace that does not let the Ingress use it. */
export function notDelegated(
	{snapshot, controller, request, ingress}: Input,
	secret: {readonly namespace: string; readonly name: string},
): Finding | undefined {
	const {namespace, name} = secret;
	const isThere = 'found' in lookup(snapshot, 'Secret', namespace, name);
	const delegation = ingressSide(controller).tls?.delegation;
	if (!isThere || delegation?.permits(snapshot, secret, ingress.namespace) !== false) {
		return undefined;
	}

	const {kind, entries, secretField, namespacesField} = delegation;
	return finding(routeFindings.tlsSecretInvalid, {
		message: `Namespace ${namespace} does not let ${ingress.namespace} use TLS Secret ${name}: ${controller.implementation} ends the handshake for ${request.host}.`,
		evidence: [
			objectField(refOf('Ingress', ingress), 'spec.tls[].secretName', name),
			objectField({kind, namespace, name: '*'}, entries, 'none for it'),
		],
		remedy: `Create a ${kind} in namespace ${namespace}: ${secretField} ${name}, ${namespacesField} ${ingress.namespace}.`,
		command: kubectl({namespace}, 'get', factsOf(kind).plural, '-o', 'yaml'),
		severity: request.scheme === 'http' ? 'info' : 'error',
	});
}
