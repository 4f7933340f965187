// The first rows of many, and a button that shows more of them.
import { Button, Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

const STEP = 50;

export function useFirst<Row>(rows: readonly Row[]): { first: readonly Row[]; more: ReactNode } {
  const { t } = useTranslation();
  const [most, setMost] = useState(STEP);
  const more = rows.length > most && (
    <Group justify="center" p="sm">
      <Button size="xs" variant="default" onClick={() => setMost(most + STEP)}>
        {t('common.showMore')}
      </Button>
    </Group>
  );
  return { first: rows.slice(0, most), more };
}
