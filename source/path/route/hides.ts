import {matchHost} from '../../rules/host-match.ts';

/** What a rule takes, as far as its host and path tell. */
export type Extent = {readonly host: string; readonly pathType?: string; readonly value?: string};

/** Whether a rule leaves another one nothing: not where that one is for more hosts or paths, as `/` beside `/admin`. */
export function hides(winner: Extent, loser: Extent): boolean {
	return !isForMoreHosts(loser, winner) && !isForMorePaths(loser, winner);
}

function isForMoreHosts({host}: Extent, {host: other}: Extent): boolean {
	return host !== other && matchHost(host, other.replace('*', 'any'), {wildcard: 'suffix'}) > 0;
}

/** A regular expression may take all that begins with its text, or more. */
function isForMorePaths({value}: Extent, {value: other, pathType = ''}: Extent): boolean {
	const [path, narrower] = [stemOf(value), stemOf(other)];
	return !/^reg/iv.test(pathType) && narrower !== path && narrower.startsWith(path);
}

function stemOf(path = ''): string {
	return path.replace(/\/?\*?$/v, '');
}
