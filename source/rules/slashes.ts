export function withLeadingSlash(path: string): string {
	return path.startsWith('/') ? path : `/${path}`;
}

export function withoutTrailingSlash(path: string): string {
	return path.endsWith('/') ? path.slice(0, -1) : path;
}
