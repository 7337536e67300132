/** Since when, for a column that stands still: `58s`, `4m`, `3h`, `12d`. Milliseconds. */
export function calmAge(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	if (minutes < 1) {
		// In steps of ten: to be exact here is to write each second.
		return seconds < 10 ? 'now' : `${Math.floor(seconds / 10) * 10}s`;
	}

	return minutes < 60 ? `${minutes}m` : hours < 48 ? `${hours}h` : `${Math.floor(hours / 24)}d`;
}
