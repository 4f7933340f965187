// The drawings on buttons and beside messages; their meaning stands in text next to them.

const paths = {
  send: 'M3.4 20.4 21 12 3.4 3.6 3.4 10.1 15 12 3.4 13.9z',
  attach:
    'M16.5 6.5v10.2a4.2 4.2 0 0 1-8.4 0V5.6a2.7 2.7 0 0 1 5.4 0v9.9a1.2 1.2 0 0 1-2.4 0V6.5H9.6v9a2.7 2.7 0 0 0 5.4 0V5.6a4.2 4.2 0 0 0-8.4 0v11.1a5.7 5.7 0 0 0 11.4 0V6.5z',
  down: 'M6.7 8.3 12 13.6l5.3-5.3 1.4 1.4L12 16.4 5.3 9.7z',
  sound:
    'M4 9v6h4l5 4.5v-15L8 9zm12.5 3a4 4 0 0 0-2.2-3.6v7.2a4 4 0 0 0 2.2-3.6zm-2.2-8.4v1.9a6.9 6.9 0 0 1 0 13v1.9a8.8 8.8 0 0 0 0-16.8z',
  silence:
    'M4 9v6h4l5 4.5v-15L8 9zm17 .9L19.6 8.5 17.5 10.6 15.4 8.5 14 9.9 16.1 12 14 14.1l1.4 1.4 2.1-2.1 2.1 2.1 1.4-1.4-2.1-2.1z',
  end: 'M10 3H4v18h6v-2H6V5h4zm6.3 4.3-1.4 1.4 2.3 2.3H9v2h8.2l-2.3 2.3 1.4 1.4L21 12z',
  clock:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 16a7 7 0 1 1 0-14 7 7 0 0 1 0 14zm1-11h-2v5l4 2.4 1-1.6-3-1.8z',
  one: 'M9.2 16.6 4.9 12.3l-1.4 1.4 5.7 5.7L21 7.6l-1.4-1.4z',
  two: 'M18 7.6l-1.4-1.4-6.3 6.3 1.4 1.4zM22.2 6.2 11.7 16.8l-4.2-4.2-1.4 1.4 5.6 5.6L23.6 7.6zM.4 14l5.6 5.6 1.4-1.4L1.8 12.6z',
  file: 'M14 2H6a2 2 0 0 0-2 2v16c0 1.1.9 2 2 2h12a2 2 0 0 0 2-2V8zm4 18H6V4h7v5h5z',
  star: 'm12 17.3 6.2 3.7-1.6-7L22 9.2l-7.2-.6L12 2 9.2 8.6 2 9.2 7.5 14l-1.7 7z',
  alert: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 15h-2v-2h2zm0-4h-2V7h2z',
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
