"""Rules of the formal record: how long it is kept, what stops its disposal, and how requests for it are answered."""
