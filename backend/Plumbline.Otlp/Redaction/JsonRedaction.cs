using Plumbline.Otlp.Mapping.Json;

namespace Plumbline.Otlp.Redaction;

/// <summary>Writes the JSON on a frame's tape anew, without what the rules take out of its names, strings and numbers.</summary>
/// <param name="pass">Redacts the texts in it.</param>
/// <param name="frame">Holds the tape, and takes what is written.</param>
/// <param name="below">The depth of the texts in it.</param>
internal ref struct JsonRedaction(RedactionPass pass, RedactionFrame frame, int below)
{
    private readonly RedactionPass _pass = pass;
    private readonly JsonOutput _json = frame.Json;
    private bool _changed;

    /// <summary>Whether there was something to take out.</summary>
    public bool TryWrite(out ReadOnlySpan<byte> redacted)
    {
        _json.Clear();
        Write(default, frame.Tape.Root);
        redacted = _json.Written;
        return _changed;
    }

    private void Write(ReadOnlySpan<byte> name, JsonNode node)
    {
        switch (node.Kind)
        {
            case JsonKind.String when _pass.Value(name, node.Utf8, below, out var text): Changed(text); break;
            case JsonKind.Number when _pass.Number(name, node.RawText, below, out var digits): Changed(digits); break;
            case JsonKind.Array: Array(name, node); break;
            case JsonKind.Object: Object(node); break;
            default: _json.Value(node); break;
        }
    }

    private void Changed(ReadOnlySpan<byte> text)
    {
        _changed = true;
        _json.Text(text);
    }

    // What a list is called, each of its values is called.
    private void Array(ReadOnlySpan<byte> name, JsonNode node)
    {
        _json.BeginArray();
        foreach (var item in node.Items) Write(name, item);
        _json.EndArray();
    }

    private void Object(JsonNode node)
    {
        DistinctNames? names = null;
        _json.BeginObject();
        for (var members = node.Members; members.MoveNext();)
        {
            var name = members.Name.Utf8;
            if (_pass.Text(name, below, out var redacted))
            {
                _changed = true;
                name = (names ??= Names(node)).Next(redacted);
            }
            _json.Name(name);
            Write(name, members.Current);
        }
        _json.EndObject();
    }

    private static DistinctNames Names(JsonNode node)
    {
        var names = new DistinctNames();
        for (var members = node.Members; members.MoveNext();) names.Take(members.Name.Utf8);
        return names;
    }
}
