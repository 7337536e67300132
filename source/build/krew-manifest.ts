type Archive = {readonly name: string; readonly sum: string};

const systems: Readonly<Record<string, string>> = {linux: 'linux', darwin: 'darwin', win: 'windows'};
const architectures: Readonly<Record<string, string>> = {x64: 'amd64', arm64: 'arm64'};

/** The manifest of krew, kubectl's plugin manager. `PLACE` stands for where the release lies: who publishes it fills it in. */
export function krewManifest(version: string, archives: readonly Archive[]): string {
	return [
		'apiVersion: krew.googlecontainertools.github.com/v1alpha2',
		'kind: Plugin',
		'metadata:',
		'  name: knet',
		'spec:',
		`  version: v${version}`,
		'  homepage: PLACE',
		'  shortDescription: Shows where a request stops on its way to a container',
		'  description: |',
		'    Walks the path of a Service, Ingress or Gateway API route hop by hop, names the first broken hop, what the',
		'    client sees and the root cause. Reads only.',
		'  platforms:',
		...archives.flatMap(({name, sum}) => platformLines(name, sum)),
		'',
	].join('\n');
}

function platformLines(name: string, sum: string): readonly string[] {
	const [system = '', architecture = ''] =
		/-(?<platform>[a-z]+-[a-z\d]+)\.tar\.gz$/u.exec(name)?.groups?.['platform']?.split('-') ?? [];
	return [
		`    - uri: PLACE/${name}`,
		`      sha256: ${sum}`,
		`      bin: kubectl-knet${system === 'win' ? '.exe' : ''}`,
		'      selector:',
		'        matchLabels:',
		`          os: ${systems[system] ?? system}`,
		`          arch: ${architectures[architecture] ?? architecture}`,
	];
}
