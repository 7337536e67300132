import {isAnyGiven, portsOf, type ListensOn} from '../record/listens-on.ts';
import {isAtLeast} from '../../version.ts';

const schemes = [
	{off: 'disable-http', port: 'http-bind-port', usual: 8080},
	{off: 'disable-https', port: 'https-bind-port', usual: 8443},
] as const;

/** pkg/utils/flags.go; the defaults since 3.0. TCP services have ports of their own. */
export const listensOn: ListensOn = (_snapshot, {flags, version}) => {
	const on = schemes.filter(({off}) => flags[off] === undefined);
	const isUsual = isAtLeast(version, [3, 0, 0]);
	const isKnown = on.every(({port}) => isUsual || flags[port] !== undefined);
	const hasOthers = Object.keys(flags).some((flag) => flag.startsWith('configmap-tcp-services'));
	const isGiven = isAnyGiven(
		flags,
		schemes.flatMap(({off, port}) => [off, port]),
	);
	const requests = portsOf(flags, Object.fromEntries(on.map(({port, usual}) => [port, usual])));
	return isGiven && isKnown && !hasOthers && requests
		? {requests, beside: [1024, 1042, 6060, 6061, 8444]}
		: undefined;
};
