"""The screens about people: finding, registering, the record, the queue of charts that may be one person."""
