import type {PortKey} from './proxy-port.ts';

/** A Service port as `ipvsadm -ln` heads it: one virtual server an address, round robin unless told otherwise. */
export function ipvsVirtualServer(
	{protocol}: Pick<PortKey, 'protocol'>,
	at: {readonly address: string; readonly port: number},
	options: {readonly scheduler?: string; readonly affinitySeconds?: number} = {},
): string {
	const address = at.address.includes(':') ? `[${at.address}]` : at.address;
	const persistent = options.affinitySeconds === undefined ? '' : ` persistent ${options.affinitySeconds}`;
	return `${protocol}  ${address}:${at.port} ${options.scheduler ?? 'rr'}${persistent}`;
}
