"""The registers of an agency, each as rows for a page, an Excel file and a paper.

What may be listed comes from `permissions`; how a person narrows it from `forms.register`.
"""
