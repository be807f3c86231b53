"""The subcommands of the command line ``election``, one module each."""
