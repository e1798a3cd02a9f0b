"""The job that compiles a build."""
