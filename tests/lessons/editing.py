"""The editor's form for an exercise, as a browser sends it."""

from wagtail.blocks import ListBlock

from lessons.exercises import types


def stream(kind, **value):
    """Return the fields of the editor's form for one exercise block."""
    block = types()[kind].block()
    fields = {"body-count": 1, "body-0-deleted": "", "body-0-order": 0, "body-0-type": kind, "body-0-id": "x"}
    fields |= no_rows(block, "body-0-value")
    for name, part in value.items():
        if isinstance(part, list):
            fields |= {f"body-0-value-{name}-count": len(part)}
            for place, one in enumerate(part):
                row = f"body-0-value-{name}-{place}"
                fields |= {f"{row}-deleted": "", f"{row}-order": place, f"{row}-id": ""}
                if isinstance(one, dict):
                    fields |= no_rows(block.child_blocks[name].child_block, f"{row}-value")
                    for inner, text in one.items():
                        fields |= {f"{row}-value-{inner}": text}
                else:
                    fields |= {f"{row}-value": one}
        else:
            fields[f"body-0-value-{name}"] = part
    return fields


def no_rows(block, prefix):
    """Return what the editor sends for each list of a block in which nothing stands."""
    lists = [name for name, child in block.child_blocks.items() if isinstance(child, ListBlock)]
    return {f"{prefix}-{name}-count": 0 for name in lists}
