/** Protobuf of built-in kinds (Kubernetes API concepts, "Alternate representations of resources"). */
export const mediaType = 'application/vnd.kubernetes.protobuf';
