/** `14:03`, or with seconds `14:03:22`, in the zone of this machine. */
export function clockText(milliseconds: number, precision: 'minutes' | 'seconds'): string {
	const date = new Date(milliseconds);
	const parts = [date.getHours(), date.getMinutes(), ...(precision === 'seconds' ? [date.getSeconds()] : [])];
	return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
