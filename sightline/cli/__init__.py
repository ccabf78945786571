"""Commands, one file each: parse the arguments, call one operation or query, print."""
