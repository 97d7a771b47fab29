"""Git, for everything that reads or writes repositories: it runs as a child process that nothing can lead astray."""
