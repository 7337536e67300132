/** `14:03`, or with seconds `14:03:22`, in the zone of this machine. */
export function clockText(milliseconds: number, precision: 'minutes' | 'seconds'): string {
	const date = new Date(milliseconds);
	const parts = [date.getHours(), date.getMinutes(), ...(precision === 'seconds' ? [date.getSeconds()] : [])];
	return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** `11-27 14:03:22`, of a time as the API writes it, in the zone of this machine; the year only where it is asked for. */
export function dayText(time: string, withYear = false): string {
	const date = new Date(time);
	const day = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
	return Number.isNaN(date.getTime())
		? ''
		: `${withYear ? `${date.getFullYear()}-` : ''}${day} ${clockText(date.getTime(), 'seconds')}`;
}
