import {isAnyGiven, portsOf, type ListensOn} from '../record/listens-on.ts';

const usual = {'http-port': 80, 'https-port': 443} as const;

/** TCP services, and text that is written into the configuration as it stands. */
const others = ['tcp-services-configmap', 'http-snippet', 'stream-snippet', 'main-snippet'];

/** pkg/flags/flags.go; beside them the ports of status, metrics, passthrough, the default server and the webhook. */
export const listensOn: ListensOn = (_snapshot, {flags, unreadSettings}) => {
	const requests = portsOf(flags, usual);
	return unreadSettings === undefined && requests && !isAnyGiven(flags, others)
		? {requests, beside: [442, 8181, 8443, 10245, 10246, 10247, 10254]}
		: undefined;
};
