import type {Workload} from '../../model/workloads/workload.ts';
import type {ControllerRecord} from '../../rules/controllers/record/record.ts';
import type {Version} from '../../rules/controllers/record/facts.ts';
import {isImageOf} from './recognise.ts';

/** The version in the tag of the controller's image. Undefined: a digest, or a tag such as `latest`. */
export function versionOf({containers}: Workload, {images}: ControllerRecord): Version | undefined {
	const own = containers.find(({image}) => isImageOf(image, images));
	const [, major, minor, patch = '0'] =
		/:v?(\d+)\.(\d+)(?:\.(\d+))?[^/:]*$/u.exec(own?.image.replace(/@.*$/u, '') ?? '') ?? [];
	return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}
