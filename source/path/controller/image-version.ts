import type {Workload} from '../../model/workloads/workload.ts';
import type {ControllerRecord} from '../../rules/controllers/record/record.ts';
import {versionOfImage, type Version} from '../../rules/version.ts';
import {isImageOf} from './recognise.ts';

/** Of the controller's image. */
export function versionOf({containers}: Workload, {images}: ControllerRecord): Version | undefined {
	const own = containers.find(({image}) => isImageOf(image, images));
	return own && versionOfImage(own.image);
}
