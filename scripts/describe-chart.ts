// Puts Usher's version into the chart and into the manifests that are kept beside it.

/** Chart.yaml: the chart and the program are released together. */
export function versionChart(chart: string, version: string): string {
  return chart
    .replace(/^version: .*$/m, `version: ${version}`)
    .replace(/^appVersion: .*$/m, `appVersion: ${version}`);
}

export function versionManifests(manifests: string, version: string): string {
  return manifests
    .replace(/(app\.kubernetes\.io\/version: )".*"/g, `$1"${version}"`)
    .replace(/(helm\.sh\/chart: usher-).*/g, `$1${version}`)
    .replace(/(image: "registry\.example\.com\/usher:).*"/g, `$1${version}"`);
}
