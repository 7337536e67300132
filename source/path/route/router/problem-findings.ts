import {kubectl} from '../../../model/safe-text/command.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {RouterProblem} from '../../../rules/routers/router.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import type {CatalogueEntry} from '../../catalogue-entry.ts';
import {routeFindings} from '../catalogue.ts';
import {routerFindings} from './catalogue.ts';
import {describe, plainKind, plainRef} from './rule-text.ts';

/** What is wrong with an object as a whole, or with a part of it: an error where the request ends by it. */
export function problemFinding(controller: Controller, host: string, problem: RouterProblem): Finding {
	const {object, ends, taken} = problem;
	const {seenAt = problem} = problem;
	const {entry, ...text} = textOf(controller, host, problem);
	return finding(entry, {
		evidence: [objectField(plainRef(seenAt.object), seenAt.field, seenAt.value)],
		command: describe(object),
		severity:
			problem.type === 'orphaned' ? undefined : ends ? 'error' : taken === 'anyway' ? 'info' : 'warning',
		...text,
	});
}

type Text = {
	readonly entry: CatalogueEntry;
	readonly message: string;
	readonly remedy: string;
	readonly command?: string;
};

function textOf({implementation}: Controller, host: string, problem: RouterProblem): Text {
	const {type, object, field, why} = problem;
	const name = `${plainKind(object.kind)} ${object.namespace}/${object.name}`;
	switch (type) {
		case 'refused':
			return {
				entry: routerFindings.objectRefused,
				message: `${implementation} leaves out ${field.endsWith(']') ? `${field} of ${name}` : name}: ${why}.`,
				remedy: problem.remedy ?? `Correct ${field}.`,
			};
		case 'port-closed':
			return {
				entry: routerFindings.portClosed,
				message: `${implementation} takes no such connection for ${host || 'any host'}: ${why}.`,
				remedy: `Correct ${field} of ${name}, or use a port and scheme that it has.`,
			};
		case 'no-tls':
			return {
				entry: routeFindings.noTlsForHost,
				message: `${name} has no TLS for ${host}: ${why}; ${implementation} ends the handshake.`,
				remedy: problem.remedy ?? 'Set up TLS in the object, or use http.',
			};
		case 'no-secret':
			return noSecret(name, implementation, problem);
		case 'mixed-ports':
			return {
				entry: routerFindings.portsMixed,
				message: `${implementation} spreads the requests of ${name} over ${why}.`,
				remedy: problem.remedy ?? `Set ${field}.`,
			};
		case 'orphaned':
			return {
				entry: routerFindings.objectOrphaned,
				message: `${name} takes no request: ${why}.`,
				remedy: 'Include it in an object that names a host, or give it one.',
			};
	}
}

function noSecret(name: string, implementation: string, {object, namespace, why, ends}: RouterProblem): Text {
	const instead = ends ? 'does not serve the host' : 'serves its default certificate';
	return {
		entry: routeFindings.tlsSecretMissing,
		message: `${why}, which ${name} needs: ${implementation} ${instead}.`,
		remedy: 'Create the Secret, or look at what should have made it (cert-manager: its Certificate).',
		command: kubectl({namespace: namespace ?? object.namespace}, 'get', 'secrets'),
	};
}
