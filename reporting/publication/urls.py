from django.urls import URLPattern, path

from reporting.publication.views import builds, public, reports

app_name = "publication"

PDF = {"name": "report.pdf", "filename": "wps-annual-report-{year}{mark}.pdf"}
DATA = {"name": "data.json", "filename": "wps-annual-report-{year}{mark}.json"}
TABLE = {"name": "data.csv", "filename": "wps-annual-report-{year}{mark}.csv"}
FIGURES = {"folder": "figures/"}

urlpatterns: list[URLPattern] = [
    path("", public.home, name="home"),
    path("plan/", public.plan, name="plan"),
    path("plan/<str:code>/", public.action_point, name="action_point"),
    path("reports/", reports.reports, name="reports"),
    path("reports/feed.atom", reports.feed, name="feed"),
    path("reports/<int:year>/", reports.report, name="report"),
    path("reports/<int:year>/report.pdf", reports.report_file, PDF, name="report_pdf"),
    path("reports/<int:year>/data.json", reports.report_file, DATA, name="report_data"),
    path("reports/<int:year>/data.csv", reports.report_file, TABLE, name="report_table"),
    path("reports/<int:year>/figures/<str:name>", reports.report_file, FIGURES, name="report_figure"),
    path("reports/<int:year>/editions/<int:edition>/", reports.report, name="edition"),
    path("reports/<int:year>/editions/<int:edition>/report.pdf", reports.report_file, PDF, name="edition_pdf"),
    path("reports/<int:year>/editions/<int:edition>/data.json", reports.report_file, DATA, name="edition_data"),
    path("reports/<int:year>/editions/<int:edition>/data.csv", reports.report_file, TABLE, name="edition_table"),
    path(
        "reports/<int:year>/editions/<int:edition>/figures/<str:name>",
        reports.report_file,
        FIGURES,
        name="edition_figure",
    ),
    path("rounds/<int:year>/builds/", builds.builds, name="builds"),
    path("rounds/<int:year>/builds/<int:number>/", builds.build, name="build"),
    path("rounds/<int:year>/builds/<int:number>/progress/", builds.progress, name="build_progress"),
    path("rounds/<int:year>/builds/<int:number>/retry/", builds.retry, name="build_retry"),
    path(
        "rounds/<int:year>/builds/<int:number>/report.pdf", builds.build_file, {"name": "report.pdf"}, name="build_pdf"
    ),
    path("rounds/<int:year>/builds/<int:number>/preview/", builds.preview, name="build_preview"),
    path(
        "rounds/<int:year>/builds/<int:number>/preview/figures/<str:name>",
        builds.build_file,
        FIGURES,
        name="build_figure",
    ),
    path("rounds/<int:year>/builds/<int:number>/publish/", builds.publish_build, name="build_publish"),
]
