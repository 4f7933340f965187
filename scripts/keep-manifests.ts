// Writes ops/kubernetes/usher.yaml: what the chart renders with its own values, for whoever has no helm.
import { mkdir, writeFile } from 'node:fs/promises';
import { missing, renderText } from '../test/ops/render-chart.ts';

if (missing !== null) throw new Error(missing);
const head =
  '# What ops/helm/usher renders with its own values (node scripts/keep-manifests.ts). Put your image, your secret and\n# USHER_TRUSTED_PROXIES into it, then: kubectl apply --filename ops/kubernetes/usher.yaml\n';
// Nobody manages it: it is applied by hand.
const text = renderText().replaceAll(
  'app.kubernetes.io/managed-by: Helm',
  'app.kubernetes.io/managed-by: kubectl',
);
await mkdir('ops/kubernetes', { recursive: true });
await writeFile('ops/kubernetes/usher.yaml', head + text);
