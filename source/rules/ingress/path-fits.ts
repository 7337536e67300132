import {testRegex} from '../regex/regex.ts';
import type {RuleRef} from './decision.ts';
import type {PathFit} from './route-by.ts';
import {hasElementPrefix} from './url-path.ts';

export const exactly: PathFit = (path, urlPath) => path === urlPath;

/** The API's Prefix: whole elements of the path. */
export const byElements: PathFit = (path, urlPath) => hasElementPrefix(urlPath, path);

/** The text of the path begins so, also in the midst of an element. */
export const byText: PathFit = (path, urlPath) => urlPath.slice(0, path.length) === path;

/** A regular expression of RE2 for the whole path. */
export const byWholeRegex: PathFit = (path, urlPath, _, budget) =>
	read(testRegex(path, urlPath, {whole: true, budget}));

/** A regular expression of RE2 for the beginning of the path. */
export const byRegexStart: PathFit = (path, urlPath, _, budget) =>
	read(testRegex(path.startsWith('^') ? path : `^${path}`, urlPath, {whole: false, budget}));

function read(result: ReturnType<typeof testRegex>): boolean | undefined {
	return result === 'invalid' ? undefined : result === 'matches';
}

/** The longer path goes first; of equal length Exact goes first. */
export function longerFirst(a: RuleRef, b: RuleRef): number {
	return (b.value?.length ?? 0) - (a.value?.length ?? 0) || exactRank(a) - exactRank(b);
}

function exactRank({pathType}: RuleRef): number {
	return pathType === 'Exact' ? 0 : 1;
}

/** By type in the order given, then the longer path. */
export function byType(...types: readonly RuleRef['pathType'][]): (a: RuleRef, b: RuleRef) => number {
	return (a, b) => types.indexOf(a.pathType) - types.indexOf(b.pathType) || longerFirst(a, b);
}
