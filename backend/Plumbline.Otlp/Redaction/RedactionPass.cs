namespace Plumbline.Otlp.Redaction;

/// <summary>Redacts one text, and whatever lies in it as a text of its own.</summary>
internal readonly ref struct RedactionPass(RuleSet rules, RedactionFrames frames)
{
    // Each level of JSON within JSON doubles the escapes, so a text of this depth is longer than any that is taken.
    private const int Deepest = 32;

    /// <summary>Any text.</summary>
    public bool Text(ReadOnlySpan<byte> text, int depth, out ReadOnlySpan<byte> redacted) => Text(text, depth, out redacted, out _);

    /// <summary>The value of a name.</summary>
    public bool Value(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, int depth, out ReadOnlySpan<byte> redacted)
    {
        var changed = Text(text, depth, out redacted, out var isJson);
        if (isJson || !rules.LooksAtNames || redacted.IsEmpty) return changed;
        return Named(name, redacted, "\""u8, depth, ref redacted) || changed;
    }

    /// <summary>A text that is JSON and stays JSON, whatever kind of value it is.</summary>
    public bool Json(ReadOnlySpan<byte> json, out ReadOnlySpan<byte> redacted)
    {
        var frame = frames[0];
        return frame.Tape.TryParse(json) ? new JsonRedaction(this, frame, 1).TryWrite(out redacted) : Text(json, 0, out redacted);
    }

    /// <summary>A number of JSON, as text; a whole one that is long enough may be a card's.</summary>
    public bool Number(ReadOnlySpan<byte> name, ReadOnlySpan<byte> digits, int depth, out ReadOnlySpan<byte> redacted)
    {
        const int shortest = 6;
        redacted = digits;
        if (digits.Length < shortest || digits.ContainsAnyExceptInRange((byte)'-', (byte)'9') || digits.Contains((byte)'.')) return false;
        var changed = rules.TryRedact(digits, out redacted);
        if (!changed) redacted = digits;
        return (rules.LooksAtNames && Named(name, redacted, default, depth, ref redacted)) || changed;
    }

    private bool Text(ReadOnlySpan<byte> text, int depth, out ReadOnlySpan<byte> redacted, out bool isJson)
    {
        isJson = false;
        redacted = text;
        if (text.IsEmpty) return false;
        var changed = false;
        if (depth < Deepest)
        {
            var frame = frames[depth];
            isJson = LooksLikeJson(text) && frame.Tape.TryParse(text);
            if (isJson) return new JsonRedaction(this, frame, depth + 1).TryWrite(out redacted);
            if (Base64Text.TryRedact(this, text, frame, depth + 1))
            {
                redacted = frame.Rewritten.Written;
                return true;
            }
            if (text.Contains((byte)'\\') && EscapedText.TryRedact(this, text, frame, depth + 1))
            {
                redacted = frame.Written.Written;
                changed = true;
            }
            if (redacted.Contains((byte)'%') && PercentText.TryRedact(this, redacted, frame, depth + 1))
            {
                redacted = frame.Rewritten.Written;
                changed = true;
            }
        }
        if (!rules.TryRedact(redacted, out var left)) return changed;
        redacted = left;
        return true;
    }

    // Rules that look at names see them as they stand in JSON.
    private bool Named(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ReadOnlySpan<byte> quote, int depth, ref ReadOnlySpan<byte> redacted)
    {
        var whole = frames[depth].Named;
        whole.Clear();
        whole.Write("\""u8);
        whole.Write(name);
        whole.Write("\":"u8);
        whole.Write(quote);
        var start = whole.Length;
        whole.Write(value);
        whole.Write(quote);
        if (!rules.TryRedact(whole.Written, out var left)) return false;
        var before = whole.Written[..start];
        if (left.StartsWith(before) && left.EndsWith(quote)) redacted = left[start..^quote.Length];
        else if (rules.TryRedact(before, out _)) return false; // found in the name alone, which is kept on purpose
        else if (rules.TryRedact(whole.Written, out left)) redacted = left;
        return true;
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[' or (byte)'"', ..];
}
