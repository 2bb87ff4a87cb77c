create virtual table search using fts5 (case_number unindexed, ref unindexed, text, tokenize = "unicode61 remove_diacritics 2", prefix = '3');
