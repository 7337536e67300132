import type {Ingress} from '../../../model/routes/ingress.ts';
import {memoize} from '../../memoize.ts';
import {annotationOf} from './annotations.ts';
import {isAnyGiven, portsOf, type ListensOn} from '../record/listens-on.ts';

const usual = {'http-port': 80, 'https-port': 443} as const;

/** TCP services, and text that is written into the configuration as it stands. */
const others = ['tcp-services-configmap', 'http-snippet', 'server-snippet', 'stream-snippet', 'main-snippet'];

/** pkg/flags/flags.go; beside them the ports of status, metrics, passthrough, the default server and the webhook. */
export const listensOn: ListensOn = (snapshot, {flags, unreadSettings}) => {
	const requests = portsOf(flags, usual);
	return unreadSettings === undefined &&
		requests &&
		!isAnyGiven(flags, others) &&
		!hasSnippet(snapshot.list('Ingress'))
		? {requests, beside: [442, 8181, 8443, 10245, 10246, 10247, 10254]}
		: undefined;
};

const hasSnippet = memoize((ingresses: readonly Ingress[]) =>
	ingresses.some((ingress) =>
		['server-snippet', 'stream-snippet'].some((name) => annotationOf(ingress, name) !== undefined),
	),
);
