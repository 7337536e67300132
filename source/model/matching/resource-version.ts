/**
Whether version `a` is older than `b`. Since Kubernetes 1.35 versions of one resource are comparable as decimal numbers
(KEP-5504); of anything else nothing is said, and nothing is taken for older.
*/
export function isOlder(a: string, b: string): boolean {
	return isDecimal(a) && isDecimal(b) && (a.length === b.length ? a < b : a.length < b.length);
}

function isDecimal(version: string): boolean {
	return /^[1-9]\d*$/u.test(version);
}
