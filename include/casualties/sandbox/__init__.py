"""Parsing of hostile bytes in a process that can be killed: ``with Sandbox(settings) as sandbox``."""

from casualties.sandbox.parent import Job, Sandbox, SandboxError

__all__ = ["Job", "Sandbox", "SandboxError"]
