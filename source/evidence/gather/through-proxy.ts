import {getThroughProxy, type ProxyTarget} from '../../cluster/pod-proxy.ts';
import type {HttpObservation} from '../../model/evidence.ts';
import {safe} from '../../model/safe-text/safe.ts';
import {failureOf} from '../failure.ts';
import type {ProbeTools} from '../probe.ts';

type ProxyQuery = Omit<ProxyTarget, 'signal'> & {
	/** Of the pod, or the cluster IP of the Service. */
	readonly address: string;
	readonly permission: string;
	readonly of: Readonly<Record<string, string>>;
};

/** One GET from the API server, which dials the pod's address over its own way to the pods' network. */
export async function throughProxy(
	question: ProxyQuery,
	{connection, clock, signal}: ProbeTools,
): Promise<readonly HttpObservation[]> {
	const {address, permission, of, ...target} = question;
	const {kind, namespace, name, port, scheme, urlPath} = target;
	const at = clock();
	const owner = kind === 'pods' ? {pod: name} : {service: name};
	const base = {
		type: 'http',
		at,
		vantage: {type: 'api-server'},
		subject: {address, port, scheme, host: '', urlPath, namespace, ...owner},
		of,
	} as const;
	try {
		const {status, server, location, message} = await getThroughProxy(connection, {...target, signal});
		const result = {
			status,
			server: server && safe(server),
			location: location && safe(location),
			message: message && safe(message),
		};
		return [{...base, result, ms: clock() - at}];
	} catch (error) {
		return [{...base, result: failureOf(error, signal, permission), ms: clock() - at}];
	}
}
