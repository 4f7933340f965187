// An agent's picture: their own, else the one that is for all who have none, else initials.
import { pictureUrl } from '../../api/picture-url.ts';
import { readBrand } from '../../i18n/read-brand.ts';
import { Face } from '../../ui/face.tsx';

export function AgentFace(props: { name: string; url?: string | null; size?: number }) {
  return <Face {...props} url={pictureUrl(props.url ?? readBrand().agentPicture)} />;
}
