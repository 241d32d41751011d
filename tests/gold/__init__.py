"""The gold set: articles written for this project, with every attribution marked. See README.md."""
