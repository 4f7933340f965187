// The last column of the settings lists: a link, or a menu.
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type RowAction, RowMenu } from '../../ui/row-menu.tsx';
import type { Column } from '../../ui/table.tsx';

export function useOpenColumn<Row extends { id: string }>(
  pathOf: (id: string) => string,
): Column<Row> {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return {
    head: '',
    right: true,
    cell: ({ id }) => (
      <Button size="compact-sm" variant="default" onClick={() => void navigate({ to: pathOf(id) })}>
        {t('common.open')}
      </Button>
    ),
  };
}

export function menuColumn<Row>(menuOf: (row: Row) => { name: string; actions: RowAction[] }) {
  const column: Column<Row> = {
    head: '',
    right: true,
    cell: (row) => <RowMenu {...menuOf(row)} />,
  };
  return column;
}

/** Of what is edited in a dialog, and removed once that is confirmed. */
export function useEditColumn<Row>(args: {
  nameOf(row: Row): string;
  edit(row: Row): void;
  remove(row: Row): void;
  removeText(name: string): string;
}): Column<Row> {
  const { t } = useTranslation();
  return menuColumn((row) => {
    const name = args.nameOf(row);
    return {
      name,
      actions: [
        { label: t('common.edit'), run: () => args.edit(row) },
        {
          label: t('common.remove'),
          confirm: args.removeText(name),
          run: () => args.remove(row),
        },
      ],
    };
  });
}
