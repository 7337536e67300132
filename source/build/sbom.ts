type Package = {readonly name: string; readonly version: string; readonly license: string};

/** What an executable is made of, as a CycloneDX 1.6 bill of materials. */
export function sbomOf(
	packages: readonly Package[],
	{version, nodeVersion}: {readonly version: string; readonly nodeVersion: string},
): string {
	const component = ({name, version: of, license}: Package) => ({
		type: 'library',
		name,
		version: of,
		purl: `pkg:npm/${name.replace('@', '%40')}@${of}`,
		licenses: [{expression: license}],
	});
	return `${JSON.stringify(
		{
			$schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
			bomFormat: 'CycloneDX',
			specVersion: '1.6',
			version: 1,
			metadata: {component: {type: 'application', name: 'knet', version, licenses: [{expression: 'MIT'}]}},
			components: [
				{type: 'application', name: 'node', version: nodeVersion, licenses: [{license: {id: 'MIT'}}]},
				...packages.map(component),
			],
		},
		undefined,
		'\t',
	)}\n`;
}
