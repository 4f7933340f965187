-- A name that a visitor only says of themselves is worth nothing beside one that the company has proved.

-- true: the visitor chose this id; false: we made it up. Where a channel has a key, a chosen one needs proof.
alter table web_identity add column chosen boolean not null default false;
update web_identity set chosen = true
  where customer_id !~ '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';

-- What is in use at a broker beside us: by these names its connections are ended.
alter table web_session add column client_ids text[] not null default '{}';
create index web_session_to_cut on web_session (workspace_id) where ended_at is not null and client_ids <> '{}';

-- Whether the company vouched for who began the conversation; null: that was not written down then.
alter table web_conversation add column verified boolean;
update web_conversation w set verified = s.verified from web_session s
  where s.workspace_id = w.workspace_id and s.session_id = w.session_id;

-- Sessions that were left over beside a proof.
update web_session s set ended_at = now() from web_identity i
  where i.workspace_id = s.workspace_id and i.customer_id = s.customer_id and i.verified
    and not s.verified and s.ended_at is null;
