using Plumbline.Otlp.Mapping.Json;

namespace Plumbline.Otlp.Redaction;

/// <summary>The buffers of one thread, a set for each level of text within text. What one level hands out holds until it is used again.</summary>
internal sealed class RedactionFrames
{
    private readonly List<RedactionFrame> _frames = [];

    public RedactionFrame this[int depth]
    {
        get
        {
            while (_frames.Count <= depth) _frames.Add(new());
            return _frames[depth];
        }
    }
}

/// <summary>The buffers of one level.</summary>
internal sealed class RedactionFrame
{
    public JsonTape Tape { get; } = new();

    public JsonOutput Json { get; } = new();

    public TextBuffer Written { get; } = new();

    public TextBuffer Rewritten { get; } = new();

    /// <summary>What a piece of text reads like without its escapes.</summary>
    public TextBuffer Plain { get; } = new();

    /// <summary>A value behind its name.</summary>
    public TextBuffer Named { get; } = new();
}
