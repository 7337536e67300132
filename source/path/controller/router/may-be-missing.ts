import {groupOf, factsOf, type Kind} from '../../../model/kinds.ts';
import type {Labels} from '../../../model/meta.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import {serverKinds} from '../../../model/workloads/workload.ts';
import {serversOf, type Server} from '../../../rules/routers/servers-of.ts';
import {isImageOf} from '../recognise.ts';

/**
Whether the cluster of a file may have objects of a router that the file does not hold. The file tells by its
CustomResourceDefinitions, if it has them as a server keeps them, else by the programs that run: none of them serves it.
*/
export function mayBeMissing(snapshot: Snapshot, kind: Kind, namespace: string | undefined): boolean {
	const state = snapshot.state(kind, namespace);
	if (state.state !== 'absent' || state.why !== 'not-in-input') {
		return false;
	}

	const definitions = snapshot.list('CustomResourceDefinition');
	const {plural, apis} = factsOf(kind);
	if (apis.some((api) => definitions.some(({name}) => name === `${plural}.${groupOf(api)}`))) {
		return true;
	}

	if (definitions.some(({uid}) => uid !== '')) {
		// OpenShift's own API server has Routes, without a definition.
		return kind === 'OpenShiftRoute' && definitions.some(({name}) => name.endsWith('.operator.openshift.io'));
	}

	return !areProgramsSeen(snapshot) || isServed(snapshot, serversOf(kind));
}

function areProgramsSeen(snapshot: Snapshot): boolean {
	const areHeld = (kind: Kind): boolean => isKnown(snapshot.state(kind));
	return areHeld('Pod') || (areHeld('Deployment') && areHeld('DaemonSet'));
}

type Program = {readonly images: readonly string[]; readonly labels: readonly Labels[]};

function isServed(snapshot: Snapshot, servers: readonly Server[]): boolean {
	return programsOf(snapshot).some((program) => servers.some((server) => isRunBy(program, server)));
}

function programsOf(snapshot: Snapshot): readonly Program[] {
	const workloads = serverKinds.flatMap((kind) => snapshot.list(kind));
	return [
		...workloads.map(({containers, labels, templateLabels}) => ({
			images: containers.map(({image}) => image),
			labels: [labels, templateLabels],
		})),
		...snapshot
			.list('Pod')
			.map(({containers, labels}) => ({images: containers.map(({image}) => image), labels: [labels]})),
	];
}

function isRunBy({images, labels}: Program, server: Server): boolean {
	return (
		images.some((image) => isImageOf(image, server.images)) ||
		labels.some(
			(each) =>
				(server.label !== undefined && Object.hasOwn(each, server.label)) ||
				['app.kubernetes.io/name', 'k8s-app', 'app', 'gloo'].some((key) =>
					server.names?.includes(each[key] ?? ''),
				),
		)
	);
}
