-- Answers that the contact is offered with a message. Null: none.
alter table message add column quick_replies text[];
alter table message add constraint message_quick_replies_check
  check (quick_replies is null or kind = 'text' and cardinality(quick_replies) between 1 and 10) not valid;
