// To the page on which a web chat is tried.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '../../paths.ts';

export function TryIt({ channelId }: { channelId: string }) {
  const { t } = useTranslation();
  return (
    <Button
      component={Link}
      to={paths.tryOut}
      search={{ channel: channelId } as never}
      size="xs"
      w="fit-content"
    >
      {t('try.now')}
    </Button>
  );
}
