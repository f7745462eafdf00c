"""Reading the files in which Russian sources publish production calendars: pure, strict, hostile input refused."""
