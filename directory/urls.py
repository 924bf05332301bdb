"""Addresses of specializations, doctors and hospitals."""

from django.urls import path

from directory import converters, report_page, views

converters.register()

app_name = "directory"
urlpatterns = [
    path("specializations/", views.specializations, name="specializations"),
    path("specializations/<slug:slug>/", views.specialization, name="specialization"),
    path("doctors/", views.finder, name="finder"),
    path("doctors/<slug:specialization>/", views.doctors, name="doctors"),
    path("doctors/<slug:specialization>/<state:state>/", views.doctors, name="doctors"),
    path(
        "doctors/<slug:specialization>/<state:state>/<city:city>/",
        views.doctors,
        name="doctors",
    ),
    path("doctor/", views.no_number, {"lists": "directory:finder"}),
    path("doctor/<npi:npi>/", views.doctor, name="doctor"),
    path("doctor/<npi:npi>/<slug:name_slug>/", views.doctor, name="doctor"),
    path("compare/", views.compare, name="compare"),
    path("report/doctor/<npi:npi>/", report_page.report_doctor, name="report_doctor"),
    path(
        "report/hospital/<ccn:ccn>/",
        report_page.report_hospital,
        name="report_hospital",
    ),
    path("hospitals/", views.hospitals, name="hospitals"),
    path(
        "hospitals/<state:state>/", views.hospitals_in_state, name="hospitals_in_state"
    ),
    path("hospital/", views.no_number, {"lists": "directory:hospitals"}),
    path("hospital/<ccn:ccn>/", views.hospital, name="hospital"),
    path("hospital/<ccn:ccn>/<slug:name_slug>/", views.hospital, name="hospital"),
]
