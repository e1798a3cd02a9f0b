"""What happens to rounds, reports and entries. Views, commands and seeds call these and nothing else."""
