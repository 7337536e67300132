/** Ends of its images' repositories: its own, and those of k3s and RKE2. */
export const traefikImages = ['traefik', 'mirrored-library-traefik', 'hardened-traefik'];
