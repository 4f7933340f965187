// A customer's picture, wherever it lies, else initials.
import { pictureUrl } from '../../api/picture-url.ts';
import { Face } from '../../ui/face.tsx';

export function ContactFace(props: { name: string; url?: string | null; size?: number }) {
  return <Face {...props} url={pictureUrl(props.url)} />;
}
