// Chooses the skills that something needs.
import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { skillsQuery } from '../api/queries.ts';

export function SkillsField(props: Omit<MultiSelectProps, 'label' | 'data'>) {
  const { t } = useTranslation();
  const skills = useQuery(skillsQuery).data ?? [];
  return (
    <MultiSelect
      label={t('teams.skills')}
      data={skills.map(({ id, name }) => ({ value: id, label: name }))}
      maxValues={20}
      searchable
      nothingFoundMessage={t(skills.length === 0 ? 'teams.no.skills' : 'nav.nothingFound')}
      {...props}
    />
  );
}
