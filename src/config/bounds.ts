// How much may be uploaded, and how long what was delivered is kept.
import { Type } from 'typebox';

export const bounds = {
  USHER_UPLOADS_PER_SESSION_MB: Type.Integer({
    description: 'How much one visitor may upload in one chat in a day.',
    default: 100,
    minimum: 1,
    maximum: 1_000_000,
  }),
  USHER_UPLOADS_PER_ADDRESS_MB: Type.Integer({
    description: 'How much all visitors from one address may upload in a day.',
    default: 200,
    minimum: 1,
    maximum: 1_000_000,
  }),
  USHER_UPLOADS_PER_WORKSPACE_MB: Type.Integer({
    description: 'How much all visitors of a workspace may upload in a day.',
    default: 5000,
    minimum: 1,
    maximum: 1_000_000,
  }),
  USHER_UPLOADS_PER_PERSON_MB: Type.Integer({
    description: 'How much one person, or one token, may upload in a day.',
    default: 2000,
    minimum: 1,
    maximum: 1_000_000,
  }),
  USHER_UPLOADS_BY_STAFF_MB: Type.Integer({
    description: 'How much all staff and tokens of a workspace may upload in a day.',
    default: 20_000,
    minimum: 1,
    maximum: 1_000_000,
  }),
  USHER_DISK_RESERVE_MB: Type.Integer({
    description:
      'When the database has less room than this, files are refused and conversations go on. The room is the free space of the disk with USHER_DATA_DIR; with DATABASE_URL it is what USHER_DATABASE_MOST_MB leaves.',
    default: 1024,
    minimum: 0,
    maximum: 1_000_000_000,
  }),
  USHER_DATABASE_MOST_MB: Type.Optional(
    Type.Integer({
      description:
        'How large the database of DATABASE_URL may grow; Usher cannot see its disk. Without it only the daily limits on uploads apply there.',
      minimum: 100,
      maximum: 1_000_000_000,
    }),
  ),
  USHER_FAIR_SHARE_AT: Type.Number({
    description:
      'The share of its time that a node may be busy before it holds back workspaces that send far more than the others; 1: never.',
    default: 0.5,
    minimum: 0.1,
    maximum: 1,
  }),
  USHER_DELIVERY_RETENTION_DAYS: Type.Integer({
    description:
      'How many days the log of deliveries is kept, and events are held for endpoints that are switched off.',
    default: 30,
    minimum: 4,
    maximum: 3650,
  }),
};
