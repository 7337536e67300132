/** By code units, whatever the language of the machine: as Go and the API server order names. */
export function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
