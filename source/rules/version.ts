/** Major, minor, patch. */
export type Version = readonly [number, number, number];

/** The version in the tag of an image. Undefined: a digest, or a tag such as `latest`. */
export function versionOfImage(image: string): Version | undefined {
	const [, major, minor, patch = '0'] =
		/:v?(\d+)\.(\d+)(?:\.(\d+))?[^/:]*$/u.exec(image.replace(/@.*$/u, '')) ?? [];
	return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** A version that is not known counts as the newest. */
export function isBefore(version: Version | undefined, other: Version): boolean {
	const differs = version?.findIndex((part, index) => part !== other[index]) ?? -1;
	return version !== undefined && differs !== -1 && version[differs]! < other[differs]!;
}

/** False for a version that is not known. */
export function isAtLeast(version: Version | undefined, other: Version): boolean {
	return version !== undefined && !isBefore(version, other);
}
