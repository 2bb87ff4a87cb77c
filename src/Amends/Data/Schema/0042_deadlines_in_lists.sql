-- Between who has most to bear (1) and who is worth most to us (now 3) stands what a rule asks for soon.
update cases set urgency = urgency + 1 where urgency in (2, 3);
