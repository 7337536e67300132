// Imported by name: an import() of a CommonJS package gives the bundle only its default export.
import {stringify} from 'yaml';
import {safeValue} from '../../model/safe-text/safe.ts';

/** A report as YAML: long lines stay whole, nothing is an alias. */
export function toYaml(report: object): string {
	return stringify(report, safeValue, {lineWidth: 0, aliasDuplicateObjects: false});
}
