import type {Snapshot} from '../../../model/snapshot.ts';
import {answer} from '../answers/answer.ts';
import type {DnsConfig} from '../corefile/config.ts';
import type {DnsOutcome} from '../record.ts';
import type {ResolvConf} from './resolv-conf.ts';
import {searchTries, type Resolver} from './search.ts';

/** One name that a resolver asked for, by record type. */
type ResolveTry = {
	readonly name: string;
	readonly outcomes: readonly {readonly type: string; readonly outcome: DnsOutcome}[];
};

/** How a look-up goes, try by try. */
export type Resolution = {
	/** Names that were asked for, in order; none behind the one that ended it. */
	readonly tries: readonly ResolveTry[];
	/** The name that has records. */
	readonly resolved?: string;
	/** `forwarded`: no name of the cluster; a server outside decides. `unknown`: a kind may not be read. */
	readonly end: 'answered' | 'negative' | 'forwarded' | 'unknown';
};

/** Walks the search list as a resolver would, with the answers that the objects imply. */
export function resolveAs(
	snapshot: Snapshot,
	config: DnsConfig,
	request: {
		readonly name: string;
		/** Asked together, as getaddrinfo does; default A and AAAA. */
		readonly types?: readonly string[];
		readonly resolvConf: Pick<ResolvConf, 'searches' | 'options'>;
		readonly resolver?: Resolver;
	},
): Resolution {
	const {name, types = ['A', 'AAAA'], resolvConf, resolver = 'glibc'} = request;
	const tries: ResolveTry[] = [];
	for (const candidate of searchTries(name, resolvConf, resolver)) {
		const outcomes = types.map((type) => ({
			type,
			outcome: answer(snapshot, config, {question: {name: candidate, type}}),
		}));
		tries.push({name: candidate, outcomes});
		const kinds = outcomes.map(({outcome}) => outcome.kind);
		if (kinds.includes('ANSWER')) {
			return {tries, resolved: candidate, end: 'answered'};
		}

		if (kinds.includes('UNKNOWN')) {
			return {tries, end: 'unknown'};
		}

		// musl ends at the first answer other than NXDOMAIN; glibc goes on to the next name.
		if (resolver === 'musl' && (kinds[0] === 'NODATA' || kinds[0] === 'SERVFAIL')) {
			break;
		}
	}

	const forwarded = tries.some(({outcomes}) => outcomes.some(({outcome}) => outcome.kind === 'FORWARDED'));
	return {tries, end: forwarded ? 'forwarded' : 'negative'};
}
