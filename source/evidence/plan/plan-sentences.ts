import {joinHostPort} from '../../model/matching/ip.ts';
import type {ProbesPlan} from './plan-probes.ts';

/** The plan as a person reads it, before anything is sent. */
export function planSentences({checks, leftOut, anchors}: ProbesPlan): readonly string[] {
	const sure = checks.filter(({needsPodNetwork}) => !needsPodNetwork);
	const depends = checks.filter(({needsPodNetwork}) => needsPodNetwork);
	const places = anchors.slice(0, 2).map(({address, port}) => joinHostPort(address, port));
	return [
		...sure.map(({sentence}) => sentence),
		...(depends.length > 0 && places.length > 0
			? [
					`A DNS query over TCP, from this machine to ${places.join(' and ')}, to find out whether it reaches the pods' network; only if so:`,
					...depends.map(({sentence}) => `  ${sentence}`),
				]
			: []),
		...leftOut,
	];
}
