import {kubectl} from '../../../model/command.ts';
import type {Controller} from '../../../rules/controllers/controller.ts';
import type {RouterProblem} from '../../../rules/routers/router.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import {routerFindings} from './catalogue.ts';
import {describe, plainKind, plainRef} from './rule-text.ts';

/** What is wrong with an object as a whole, or with a part of it: an error where the request ends by it. */
export function problemFinding({implementation}: Controller, host: string, problem: RouterProblem): Finding {
	const {type, object, field, value, why, ends} = problem;
	const name = `${plainKind(object.kind)} ${object.namespace}/${object.name}`;
	const evidence = [objectField(plainRef(object), field, value)];
	const severity = ends ? 'error' : 'warning';
	const command = describe(object);
	switch (type) {
		case 'refused':
			return finding(routerFindings.objectRefused, {
				message: `${implementation} leaves out ${field.endsWith(']') ? `${field} of ${name}` : name}: ${why}.`,
				evidence,
				remedy: problem.remedy ?? `Correct ${field}.`,
				command,
				severity,
			});
		case 'port-closed':
			return finding(routerFindings.portClosed, {
				message: `${implementation} takes no such connection for ${host || 'any host'}: ${why}.`,
				evidence,
				remedy: `Correct ${field} of ${name}, or use a port and scheme that it has.`,
				command,
				severity,
			});
		case 'no-tls':
			return finding(routeFindings.noTlsForHost, {
				message: `${name} has no TLS for ${host}: ${why}; ${implementation} ends the handshake.`,
				evidence,
				remedy: 'Set up TLS in the object, or use http.',
				command,
				severity,
			});
		case 'no-secret':
			return finding(routeFindings.tlsSecretMissing, {
				message: `${why}, which ${name} needs: ${implementation} ${ends ? 'does not serve the host' : 'serves its default certificate'}.`,
				evidence,
				remedy: 'Create the Secret, or look at what should have made it (cert-manager: its Certificate).',
				command: kubectl({namespace: problem.namespace ?? object.namespace}, 'get', 'secrets'),
				severity,
			});
		case 'orphaned':
			return finding(routerFindings.objectOrphaned, {
				message: `${name} takes no request: ${why}.`,
				evidence,
				remedy: 'Include it in an object that names a host, or give it one.',
				command,
			});
	}
}
