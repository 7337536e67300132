/** A path up to its first blank: HAProxy reads no further (the key of a line in a map ends there). */
export function beforeBlank(path: string): string {
	return path.replace(/\s.*$/su, '');
}
