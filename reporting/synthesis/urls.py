from django.urls import path

from reporting.synthesis.views import overview, writing

app_name = "synthesis"
urlpatterns = [
    path("rounds/<int:year>/synthesis/", overview.show, name="desk"),
    path("rounds/<int:year>/synthesis/<str:code>/", writing.write, name="write"),
    path("rounds/<int:year>/synthesis/<str:code>/preview/", writing.preview, name="preview"),
]
