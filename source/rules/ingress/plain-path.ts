import {withLeadingSlash} from '../slashes.ts';

/** The part of a path before anything that only a regular expression means. */
export function plainPath(path: string): string {
	const plain = path.replace(/[()[\]{}*+?|^$\\].*$/u, '');
	return withLeadingSlash(plain);
}
