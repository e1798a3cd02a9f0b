from django.urls import path

app_name = "synthesis"
urlpatterns: list[path] = []
