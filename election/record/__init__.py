"""The public record: canonical bytes, event chain, replay, archive file."""
