"""The command line: parse, call, render, return. The one package that imports typer and rich."""
