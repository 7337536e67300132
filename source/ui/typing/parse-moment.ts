const units: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000};
const halfDay = 12 * units['h']!;

/** `02:57` and `02:57:30` are the nearest such moments to the one that is shown, `-5m` and `+30s` count from it. Milliseconds. */
export function parseMoment(text: string, shown: number): number | undefined {
	const by = /^(?<sign>[+-])(?<count>\d{1,6})(?<unit>[smh])$/u.exec(text)?.groups;
	if (by) {
		const length = Number(by['count']) * units[by['unit'] ?? 's']!;
		return by['sign'] === '-' ? shown - length : shown + length;
	}

	const clock = /^(?<hours>[01]?\d|2[0-3]):(?<minutes>[0-5]\d)(?::(?<seconds>[0-5]\d))?$/u.exec(text)?.groups;
	if (!clock) {
		const written = /^\d{4}-\d\d-\d\dT/u.test(text) ? Date.parse(text) : Number.NaN;
		return Number.isNaN(written) ? undefined : written;
	}

	const date = new Date(shown);
	date.setHours(Number(clock['hours']), Number(clock['minutes']), Number(clock['seconds'] ?? 0), 0);
	const off = date.getTime() - shown;
	date.setDate(date.getDate() + (off > halfDay ? -1 : off < -halfDay ? 1 : 0));
	return date.getTime();
}
