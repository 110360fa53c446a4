"""Problems as text for one kind of reader or program each: report -> str."""
