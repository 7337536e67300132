import {readFileSync} from 'node:fs';
import type {Snapshot} from '../../../source/model/snapshot.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';

/** A dump of a real node (Kubernetes 1.35), cut to one namespace. */
export function fixture(name: string): string {
	return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
}

/** The Services, slices and nodes that the dumps are of. */
export function fixtureObjects(): Snapshot {
	return snapshotOf(fixture('objects.yaml'));
}
