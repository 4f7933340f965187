-- What guests are called is made of the end of their ids (contract/guest-name.ts), so it stands in no column: they are
-- looked for by that number, of which the beginning of a name is a range.
create index contact_by_guest_name on contact (workspace_id, (('x' || right(external_id, 5))::bit(20)::integer), contact_id)
  where name is null and email is null and phone is null
    and external_id ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
