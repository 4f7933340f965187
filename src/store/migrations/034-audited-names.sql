-- Whoever reads the audit asks what the object was called, which nobody else knows any more once it is gone.
create index audit_entry_of_object on audit_entry (workspace_id, object_id, entry_id)
  where change ?| array['name', 'shortcut', 'url', 'email'];
