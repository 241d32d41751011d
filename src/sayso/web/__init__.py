"""What the two doors on HTTP share: the application, who may ask what, limits, failures, work in killable children.

Nothing here knows a page or a resource: `sayso.api` and `sayso.desk` give their routers to `build_app`.
"""
