const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/**
A duration as kubectl writes it. `milliseconds` may be slightly negative: clocks differ.

Ported from HumanDuration of k8s.io/apimachinery/pkg/util/duration.
*/
export function humanDuration(milliseconds: number): string {
	const seconds = Math.trunc(milliseconds / second);
	if (seconds < -1) {
		return '<invalid>';
	}

	if (seconds < 0) {
		return '0s';
	}

	if (seconds < 60 * 2) {
		return `${seconds}s`;
	}

	const minutes = Math.trunc(milliseconds / minute);
	if (minutes < 10) {
		return withRest(minutes, 'm', seconds % 60, 's');
	}

	return minutes < 60 * 3 ? `${minutes}m` : humanHours(Math.trunc(milliseconds / hour), minutes);
}

function humanHours(hours: number, minutes: number): string {
	const days = Math.trunc(hours / 24);
	if (hours < 8) {
		return withRest(hours, 'h', minutes % 60, 'm');
	}

	if (hours < 48) {
		return `${hours}h`;
	}

	if (hours < 24 * 8) {
		return withRest(days, 'd', hours % 24, 'h');
	}

	if (hours < 24 * 365 * 2) {
		return `${days}d`;
	}

	const years = Math.trunc(days / 365);
	return hours < 24 * 365 * 8 ? withRest(years, 'y', days % 365, 'd') : `${years}y`;
}

function withRest(whole: number, unit: string, rest: number, restUnit: string): string {
	return rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${restUnit}`;
}
