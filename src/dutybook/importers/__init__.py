"""From a manual in any format to drafts of role files: readers, one parser, writing and merging."""
