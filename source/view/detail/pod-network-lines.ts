import type {PodNetworkDetails} from '../../path/details.ts';
import type {Line} from '../text/line.ts';
import {fact} from './render-options.ts';

/** Between which nodes, and by which plugin. */
export function podNetworkLines({plugin, fromNode, toNode}: PodNetworkDetails): readonly Line[] {
	return [...fact('plugin', plugin), ...fact('from node', fromNode), ...fact('to node', toNode)];
}
