"""The search: articles → ranking words, bigrams, shards read by static/search.js."""
