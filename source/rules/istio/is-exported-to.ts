type Exported = {readonly exportTo: readonly string[]; readonly namespace: string};

/** Without a list an object is exported to all namespaces; `.` is its own. */
export function isExportedTo({exportTo, namespace}: Exported, to: string): boolean {
	const names = exportTo.map((name) => (name === '.' ? namespace : name));
	return names.length === 0 || names.includes('*') || names.includes(to);
}
