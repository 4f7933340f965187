// A text as a picture for a camera; black on white in every look, because cameras expect that.
import encodeQR from 'qr';

const MODULE = 4;
/** ISO/IEC 18004: four modules of quiet around it. */
const QUIET = 4;

export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
  const size = rows.length;
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width={size * MODULE}
      height={size * MODULE}
      style={{ display: 'block', margin: '0 auto', maxWidth: '100%', borderRadius: 8 }}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
