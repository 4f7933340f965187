-- What a delivery asks for itself (due_at) and how long it is known to wait for another are two facts: whoever
-- stood behind a retry kept that moment after the other was gone.

alter table delivery
  -- Until when something in front of it asks to wait: not looked at before. Only where deliveries are taken is
  -- it written, and any change to what stands in front takes it back.
  add column behind_until timestamptz;

drop index delivery_due;
create index delivery_due on delivery (workspace_id, subscriber_id, greatest(due_at, behind_until), delivery_id)
  where state = 'pending';

-- Until now they were given the moment of another. What has not been attempted asks for the moment it was made.
update delivery set due_at = created_at
where state in ('pending', 'held') and attempts = 0 and not parked and event_id is not null and due_at > created_at;
