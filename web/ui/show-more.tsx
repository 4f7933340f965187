// The button below a list that has more pages.
import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Shows nothing when there is no more. */
export function ShowMore({
  query,
}: {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): Promise<unknown> };
}) {
  const { t } = useTranslation();
  if (!query.hasNextPage) return null;
  return (
    <Group justify="center" p="sm">
      <Button
        size="xs"
        variant="default"
        loading={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
      >
        {t('common.showMore')}
      </Button>
    </Group>
  );
}
