"""The job that compiles a build."""

from common.jobs import job_handler
from reporting.publication.services.builds import KIND
from reporting.publication.services.compilation import compile_build

job_handler(KIND)(compile_build)
